package dev.assay.data;

import org.jspecify.annotations.Nullable;

/**
 * Something to do about an input that cannot be used.
 *
 * @param words what to do, in the imperative
 * @param parameter the parameter of reading that does it, null where the input itself is to be changed
 * @param value what the parameter is to be set to
 */
public record Remedy(String words, @Nullable String parameter, String value) {

    /** A change of the input. */
    public static Remedy of(String words) {
        return new Remedy(words, null, "");
    }

    /** A change of how the input is read. */
    public static Remedy by(String words, String parameter, String value) {
        return new Remedy(words, parameter, value);
    }

    /** In the words of the library: {@code leave it out (drop: price)}. */
    @Override
    public String toString() {
        return parameter == null ? words : words + " (" + parameter + ": " + value + ")";
    }
}
