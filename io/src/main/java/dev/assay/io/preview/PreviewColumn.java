package dev.assay.io.preview;

/**
 * A column of a file as a preview shows it.
 *
 * @param name the column, or the key of an array
 * @param kind what its values would be taken for
 * @param detail in words, how many different values there are, or the shape of an array
 * @param missing how many values are missing, in the whole file
 */
public record PreviewColumn(String name, Kind kind, String detail, int missing) {
    /** What values are taken for. */
    public enum Kind {
        /** Numbers. */
        NUMBER,
        /** One of several values. */
        CATEGORY,
        /** True or false. */
        TRUTH,
        /** A day, a time of day or both. */
        DATE,
        /** Text that differs nearly everywhere, such as a name. */
        TEXT,
        /** Several values in each row. */
        ARRAY
    }
}
