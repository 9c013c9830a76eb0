package dev.assay.app.result;

import java.util.List;
import java.util.Locale;

/** Numbers and texts as a person reads them. */
public final class Numbers {
    private Numbers() {}

    /** A number to four significant digits. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        int decimals = size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A whole number with its thousands apart. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** So many rows, in words. */
    public static String rows(long count) {
        return count(count) + (count == 1 ? " row" : " rows");
    }

    /** To one decimal: of what is an expectation, more says nothing. */
    static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A share in per cent, to one decimal. */
    public static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A probability in per cent; what is next to none or next to sure is not given to many digits. */
    public static String probability(double value) {
        if (value < 0.001) {
            return "< 0.1 %";
        }
        return value > 0.999 ? "> 99.9 %" : percent(value);
    }

    /** Several things in one sentence: a, b and c. */
    public static String list(List<String> things) {
        int last = things.size() - 1;
        return last < 1
                ? String.join("", things)
                : String.join(", ", things.subList(0, last)) + " and " + things.get(last);
    }

    /** A text cut to a width, for a table. */
    public static String cut(String value, int width) {
        String oneLine = value.replaceAll("\\p{Cntrl}", " ");
        if (oneLine.codePointCount(0, oneLine.length()) <= width) {
            return oneLine;
        }
        return oneLine.substring(0, oneLine.offsetByCodePoints(0, width - 3)) + "...";
    }
}
