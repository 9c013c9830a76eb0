package dev.assay.io;

import dev.assay.data.Column;
import java.util.BitSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Numbers as people write them in files. */
final class Numerals {

    /** What stands for "no value" in a column of numbers. */
    private static final Set<String> ABSENT =
            Set.of("", "NA", "N/A", "n/a", "na", "?", "-", "null", "NULL", "None", "none", "<NA>", "#N/A");

    private Numerals() {}

    /** The words that stand for "no value" in a column of numbers. */
    static Set<String> absentWords() {
        return ABSENT;
    }

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

    /**
     * A column that is text only because words such as NA or ? stand for missing numbers, or because its decimals follow a
     * comma, becomes numbers.
     *
     * @param commas whether decimals may follow a comma
     * @param evenOnlyGaps whether a column of such words alone becomes numbers too, all missing
     */
    static Column withGaps(Column column, boolean commas, boolean evenOnlyGaps) {
        if (!(column instanceof Column.Texts texts)) {
            return column;
        }
        if (commas && texts.dictionary().stream().allMatch(Numerals::mayBeThousands)) {
            return column;
        }
        double[] numbers = new double[texts.dictionary().size()];
        BitSet absent = new BitSet();
        for (int code = 0; code < numbers.length; code++) {
            String text = texts.dictionary().get(code);
            if (isAbsent(text)) {
                absent.set(code);
                continue;
            }
            OptionalDouble number = parse(commas ? text.replace(',', '.') : text);
            if (number.isEmpty()) {
                return column;
            }
            numbers[code] = number.getAsDouble();
        }
        boolean alreadyNumbers = texts.dictionary().stream().noneMatch(text -> text.indexOf(',') >= 0);
        boolean onlyGaps = absent.cardinality() == numbers.length;
        if ((absent.isEmpty() && alreadyNumbers) || (onlyGaps && !evenOnlyGaps)) {
            return column;
        }
        double[] values = new double[texts.size()];
        BitSet missing = new BitSet();
        for (int row = 0; row < values.length; row++) {
            int code = texts.code(row);
            if (code < 0 || absent.get(code)) {
                missing.set(row);
            } else {
                values[row] = numbers[code];
            }
        }
        return new Column.Numbers(texts.name(), values, missing);
    }
}
