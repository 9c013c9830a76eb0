package dev.assay.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A Markdown table, and how numbers are written into it. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();
    private final int headLength;

    MarkdownTable(List<String> head) {
        add(head);
        text.append('|').append("---|".repeat(head.size())).append('\n');
        headLength = text.length();
    }

    MarkdownTable(String... head) {
        this(List.of(head));
    }

    void add(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Whether it has a head and nothing else. */
    boolean isEmpty() {
        return text.length() == headLength;
    }

    /** Mean and standard error of the values that are numbers; empty where there is none. */
    static String spread(double[] values, int digits) {
        double[] known = known(values);
        if (known.length < 2) {
            return mean(known, digits);
        }
        return mean(known, digits)
                + String.format(
                        Locale.ROOT,
                        " ± %." + digits + "f",
                        Spread.ofSample(known).deviation() / Math.sqrt(known.length));
    }

    /** Mean of the values that are numbers; empty where there is none. */
    static String mean(double[] values, int digits) {
        double[] known = known(values);
        return known.length == 0
                ? ""
                : String.format(
                        Locale.ROOT, "%." + digits + "f", Spread.ofSample(known).mean());
    }

    private static double[] known(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
