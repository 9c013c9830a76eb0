package dev.assay.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One named column of a {@link Table}. Missing values are explicit: a missing cell has no value, and NaN is a value
 * (a bad one), never a sign for "missing".
 */
public sealed interface Column {

    /** The name, exactly as the file has it. */
    String name();

    /** The number of cells, missing ones included. */
    int size();

    /** Whether the cell has no value. */
    boolean isMissing(int row);

    /** The value as a person would write it, or an empty text where it is missing. */
    String text(int row);

    /** What the column holds, for messages. */
    String kind();

    /** The number of missing cells. */
    default int missingCount() {
        int count = 0;
        for (int row = 0; row < size(); row++) {
            if (isMissing(row)) {
                count++;
            }
        }
        return count;
    }

    /** Numbers, decoded to 64-bit floating point. */
    final class Numbers implements Column {
        private final String name;
        private final double[] values;
        private final BitSet missing;

        /** The arrays are taken over, not copied: columns are large. */
        public Numbers(String name, double[] values, BitSet missing) {
            this.name = name;
            this.values = values;
            this.missing = missing;
        }

        /** The value; meaningless where the cell is missing. */
        public double get(int row) {
            return values[row];
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return missing.get(row);
        }

        @Override
        public int missingCount() {
            return missing.cardinality();
        }

        @Override
        public String text(int row) {
            return isMissing(row) ? "" : text(values[row]);
        }

        @Override
        public String kind() {
            return "numbers";
        }

        /** Whole numbers without a decimal point, the others in Java's shortest form. */
        static String text(double value) {
            return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
        }

        static boolean isWhole(double value) {
            return Math.abs(value) < 0x1p53 && value == Math.rint(value);
        }
    }

    /** Text, as codes into a dictionary of the different values in the order of their first appearance. */
    final class Texts implements Column {
        private final String name;
        private final int[] codes;
        private final List<String> dictionary;

        private Texts(String name, int[] codes, List<String> dictionary) {
            this.name = name;
            this.codes = codes;
            this.dictionary = dictionary;
        }

        /** The code of the cell, an index into {@link #dictionary()}, or -1 where the cell is missing. */
        public int code(int row) {
            return codes[row];
        }

        /** The different values. */
        public List<String> dictionary() {
            return dictionary;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return codes.length;
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public String text(int row) {
            return codes[row] < 0 ? "" : dictionary.get(codes[row]);
        }

        @Override
        public String kind() {
            return "text";
        }

        /** Collects the cells of a text column row by row. */
        public static final class Builder {
            private final String name;
            private final int[] codes;
            private final List<String> dictionary = new ArrayList<>();
            private final Map<String, Integer> codeOf = new HashMap<>();
            private int filled;

            /** For so many rows at most. */
            public Builder(String name, int capacity) {
                this.name = name;
                this.codes = new int[capacity];
            }

            /** Appends a cell; null stands for a missing one. */
            public void add(@Nullable String value) {
                codes[filled++] = value == null ? -1 : codeOf.computeIfAbsent(value, this::newCode);
            }

            private int newCode(String value) {
                dictionary.add(value);
                return dictionary.size() - 1;
            }

            /** The column of the cells so far. */
            public Texts build() {
                return new Texts(name, Arrays.copyOf(codes, filled), List.copyOf(dictionary));
            }
        }
    }

    /** Truth values. */
    final class Booleans implements Column {
        private final String name;
        private final int size;
        private final BitSet values;
        private final BitSet missing;

        /** The sets are taken over, not copied. */
        public Booleans(String name, int size, BitSet values, BitSet missing) {
            this.name = name;
            this.size = size;
            this.values = values;
            this.missing = missing;
        }

        /** The value; false where the cell is missing. */
        public boolean get(int row) {
            return values.get(row);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public boolean isMissing(int row) {
            return missing.get(row);
        }

        @Override
        public String text(int row) {
            return isMissing(row) ? "" : Boolean.toString(values.get(row));
        }

        @Override
        public String kind() {
            return "truth values";
        }
    }

    /** Dates, times and points in time, as microseconds since 1970-01-01 00:00 (a time of day counts from midnight). */
    final class Timestamps implements Column {
        private final String name;
        private final long[] microseconds;
        private final BitSet missing;

        /** The arrays are taken over, not copied. */
        public Timestamps(String name, long[] microseconds, BitSet missing) {
            this.name = name;
            this.microseconds = microseconds;
            this.missing = missing;
        }

        /** Microseconds since 1970-01-01 00:00; meaningless where the cell is missing. */
        public long get(int row) {
            return microseconds[row];
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return microseconds.length;
        }

        @Override
        public boolean isMissing(int row) {
            return missing.get(row);
        }

        @Override
        public String text(int row) {
            return isMissing(row)
                    ? ""
                    : CalendarFields.dateTime(microseconds[row]).toString();
        }

        @Override
        public String kind() {
            return "dates or times";
        }
    }
}
