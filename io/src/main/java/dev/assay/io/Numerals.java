package dev.assay.io;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Numbers as people write them in files. */
final class Numerals {

    /** What stands for "no value" in a column of numbers. */
    private static final Set<String> ABSENT =
            Set.of("", "NA", "N/A", "n/a", "na", "?", "-", "null", "NULL", "None", "none", "<NA>", "#N/A");

    private Numerals() {}

    static boolean isAbsent(String text) {
        return ABSENT.contains(text.strip());
    }

    /** The number, NaN and the infinities included, or nothing if the text is no number. */
    static OptionalDouble parse(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return OptionalDouble.empty();
        }
        char last = stripped.charAt(stripped.length() - 1);
        boolean named = Character.isLetter(last);
        if (named) {
            return parseNamed(stripped);
        }
        try {
            return OptionalDouble.of(Double.parseDouble(stripped));
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble parseNamed(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> OptionalDouble.empty();
        };
    }

    /** Whether the text is absent, or a whole number with or without commas between thousands. */
    static boolean mayBeThousands(String text) {
        return isAbsent(text) || text.strip().matches("[+-]?(\\d{1,3}(,\\d{3})+|\\d+)");
    }
}
