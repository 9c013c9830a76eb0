package dev.assay.onnx;

import dev.assay.onnx.graph.ElementType;
import java.util.List;

/**
 * An input of the graph of a model.
 *
 * @param name in the graph: that of the column, unless an output is called so
 * @param column the column, or key of an array, of the training data
 * @param kind what it holds
 * @param axes the lengths of the axes after the rows
 */
public record ModelInput(String name, String column, Kind kind, List<Integer> axes) {
    /** Copies the list. */
    public ModelInput {
        axes = List.copyOf(axes);
    }

    /** What an input can hold, and how a missing value is said. */
    public enum Kind {
        /** A number. */
        NUMBER("number", ElementType.DOUBLE, "a number; NaN where it is missing"),
        /** A whole number that stands for a category. */
        CODE("code", ElementType.DOUBLE, "a number that stands for a category; NaN where it is missing"),
        /** A truth value. */
        FLAG("flag", ElementType.DOUBLE, "1 for true, 0 for false; NaN where it is missing"),
        /** A category. */
        CATEGORY("category", ElementType.TEXT, "a text; empty where it is missing"),
        /** A value of which only counts whether it is there. */
        PRESENCE("presence", ElementType.TEXT, "any text where there is a value; empty where it is missing"),
        /** A point in time. */
        MOMENT(
                "moment",
                ElementType.WHOLE,
                "microseconds since 1970-01-01 00:00, without time zones (a time of day: since midnight); the smallest"
                        + " int64 where it is missing, as NumPy stores NaT"),
        /** An array of numbers. */
        ENTRIES("entries", ElementType.FLOAT, "the entries of an example, finite numbers"),
        /** The source of a row, by which its block is known better. */
        SOURCE(
                "source",
                ElementType.TEXT,
                "where the row comes from, as in the training data, without spaces around it; empty where it is not"
                        + " known");

        private final String label;
        private final ElementType type;
        private final String meaning;

        Kind(String label, ElementType type, String meaning) {
            this.label = label;
            this.type = type;
            this.meaning = meaning;
        }

        /** How the metadata of the model calls it. */
        public String label() {
            return label;
        }

        /** The type of the entries. */
        public ElementType type() {
            return type;
        }

        /** What is to be fed, in words. */
        public String meaning() {
            return meaning;
        }
    }
}
