package dev.assay.quality;

import dev.assay.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A column from the first row of the file to the last, in {@value OrderDrift#STRETCHES} stretches, beside the same rows in random order. Numbers and
 * times are told as ranks, so that no single value carries a stretch: the mean over its rows of the share of all rows that are smaller, ties half, missing
 * values lowest; random order gives about one half. Texts and truth values by the share of each of their most frequent levels.
 *
 * @param column its name
 * @param moments whether it is of points in time, then medians are microseconds since 1970
 * @param medians of the values in each stretch, NaN where there is none; none for texts
 * @param lines one for numbers, with an empty name; one for each level that is shown
 */
public record ColumnCourse(String column, boolean moments, double[] medians, List<Line> lines) {
    private static final int MOST_LEVELS = 4;

    /**
     * A value for each stretch.
     *
     * @param name of the level, empty for numbers
     * @param inFile from the first stretch to the last
     * @param inRandomOrder the same of rows in random order
     */
    public record Line(String name, double[] inFile, double[] inRandomOrder) {}

    /** Copies the list. */
    public ColumnCourse {
        lines = List.copyOf(lines);
    }

    /**
     * Follows a column; O(n log n).
     *
     * @param random the rows in random order
     */
    static ColumnCourse of(Column column, int[] random) {
        if (column instanceof Column.Numbers || column instanceof Column.Timestamps) {
            double[] values = IntStream.range(0, column.size())
                    .mapToDouble(i -> value(column, i))
                    .toArray();
            double[] ranks = ranks(values);
            return new ColumnCourse(
                    column.name(),
                    column instanceof Column.Timestamps,
                    medians(values),
                    List.of(line("", ranks, random)));
        }
        return new ColumnCourse(column.name(), false, new double[0], levels(column, random));
    }

    /** NaN where it is missing. */
    private static double value(Column column, int row) {
        if (column.isMissing(row)) {
            return Double.NaN;
        }
        return column instanceof Column.Numbers numbers ? numbers.get(row) : ((Column.Timestamps) column).get(row);
    }

    /** Share of the rows that are smaller, ties half. */
    private static double[] ranks(double[] values) {
        int n = values.length;
        double[] low = Arrays.stream(values)
                .map(value -> Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value)
                .toArray();
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> low[i]));
        double[] ranks = new double[n];
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && low[order[to]] == low[order[from]]) {
                to++;
            }
            for (int place = from; place < to; place++) {
                ranks[order[place]] = (from + to) / 2.0 / n;
            }
            from = to;
        }
        return ranks;
    }

    private static double[] medians(double[] values) {
        int n = values.length;
        return IntStream.range(0, OrderDrift.STRETCHES)
                .mapToDouble(stretch -> {
                    double[] own = IntStream.range(0, n)
                            .filter(i -> OrderDrift.stretch(i, n) == stretch && !Double.isNaN(values[i]))
                            .mapToDouble(i -> values[i])
                            .sorted()
                            .toArray();
                    return own.length == 0 ? Double.NaN : own[own.length / 2];
                })
                .toArray();
    }

    private static List<Line> levels(Column column, int[] random) {
        Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < column.size(); i++) {
            rows.merge(name(column, i), 1, Integer::sum);
        }
        List<Line> lines = new ArrayList<>();
        rows.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_LEVELS)
                .map(Map.Entry::getKey)
                .forEach(level -> lines.add(line(
                        level,
                        IntStream.range(0, column.size())
                                .mapToDouble(i -> name(column, i).equals(level) ? 1 : 0)
                                .toArray(),
                        random)));
        return lines;
    }

    private static String name(Column column, int row) {
        return column.isMissing(row) ? "(missing)" : column.text(row);
    }

    private static Line line(String name, double[] values, int[] random) {
        return new Line(
                name,
                means(values),
                means(IntStream.of(random).mapToDouble(i -> values[i]).toArray()));
    }

    private static double[] means(double[] values) {
        double[] sums = new double[OrderDrift.STRETCHES];
        int[] rows = new int[OrderDrift.STRETCHES];
        for (int i = 0; i < values.length; i++) {
            int stretch = OrderDrift.stretch(i, values.length);
            sums[stretch] += values[i];
            rows[stretch]++;
        }
        Arrays.setAll(sums, stretch -> sums[stretch] / rows[stretch]);
        return sums;
    }
}
