package dev.assay.io.cell;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/** Numbers as people write them in files. */
public final class Numerals {

    /** What stands for "no value"; Na is sodium. */
    private static final Set<String> ABSENT = Set.of(
            "", "NA", "N/A", "n/a", "na", "?", "-", "null", "NULL", "Null", "None", "none", "NONE", "<NA>", "#N/A",
            "nan", "NaN", "NAN", "-nan", "NaT");

    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+");
    private static final Pattern PADDED = Pattern.compile("[+-]?0\\d.*");

    private Numerals() {}

    /** The words that stand for "no value". */
    public static Set<String> absentWords() {
        return ABSENT;
    }

    /** Whether the text stands for "no value". */
    public static boolean isAbsent(String text) {
        return ABSENT.contains(text.strip());
    }

    /** The number, NaN and the infinities included, or nothing if the text is no number. */
    public static OptionalDouble parse(String text) {
        return parse(text, DecimalMark.POINT);
    }

    /** The same where decimals follow the given mark; the other mark makes the text no number. */
    public static OptionalDouble parse(String text, DecimalMark mark) {
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (Character.isLetter(stripped.charAt(stripped.length() - 1))) {
            return parseNamed(stripped);
        }
        if (stripped.indexOf('x') >= 0 || stripped.indexOf('X') >= 0) {
            return OptionalDouble.empty();
        }
        if (mark == DecimalMark.COMMA) {
            if (stripped.indexOf('.') >= 0) {
                return OptionalDouble.empty();
            }
            stripped = stripped.replace(',', '.');
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

    /** Whether the commas of the text may stand between thousands: 1,000, but not 0,775. */
    static boolean mayBeThousands(String text) {
        return THOUSANDS.matcher(text.strip()).matches();
    }

    /** Whether zeros before the number say that it is a code: 01. */
    public static boolean isPadded(String text) {
        return PADDED.matcher(text.strip()).matches();
    }
}
