package dev.assay.app.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the columns of a table hold, counted in a sample of its rows and group by group. */
final class ColumnSummaries {
    /** Of how many rows at most. */
    static final int MOST_ROWS = 5000;

    private static final int BINS = 24;
    private static final int MOST_LEVELS = 12;
    /** A column of so few different numbers is shown number by number. */
    private static final int FEW_NUMBERS = 10;
    /** So many of the values have to be numbers for a column to be one of numbers; the others count as missing. */
    private static final double NEARLY_ALL = 0.95;

    private ColumnSummaries() {}

    /**
     * Counts.
     *
     * @param names of the columns
     * @param texts of each sampled row in the order of the columns, empty = missing
     * @param group of each sampled row
     * @param groups their names
     * @param total rows there are
     */
    static ReportData.Columns of(
            List<String> names, List<List<String>> texts, int[] group, List<String> groups, int total) {
        int[] sizes = new int[groups.size()];
        for (int one : group) {
            sizes[one]++;
        }
        List<ReportData.Column> list = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int place = column;
            list.add(column(
                    names.get(column), texts.stream().map(row -> row.get(place)).toList(), group, groups.size()));
        }
        return new ReportData.Columns(texts.size(), total, groups, sizes, list);
    }

    private static ReportData.Column column(String name, List<String> values, int[] group, int groups) {
        int[] missing = new int[groups];
        Map<String, int[]> levels = new LinkedHashMap<>();
        double[] numbers = new double[values.size()];
        int known = 0;
        int numeric = 0;
        for (int i = 0; i < numbers.length; i++) {
            String value = values.get(i);
            numbers[i] = number(value);
            if (value.isEmpty()) {
                missing[group[i]]++;
                continue;
            }
            known++;
            numeric += Double.isNaN(numbers[i]) ? 0 : 1;
            levels.computeIfAbsent(value, none -> new int[groups])[group[i]]++;
        }
        boolean isNumber = known > 0 && numeric >= NEARLY_ALL * known;
        if (isNumber && levels.size() > FEW_NUMBERS) {
            for (int i = 0; i < numbers.length; i++) {
                if (Double.isNaN(numbers[i]) && !values.get(i).isEmpty()) {
                    missing[group[i]]++;
                }
            }
            return new ReportData.Column(
                    name, missing, levels.size(), distribution(numbers, group, groups), List.of(), new int[groups]);
        }
        List<Map.Entry<String, int[]>> sorted = new ArrayList<>(levels.entrySet());
        sorted.sort(
                isNumber
                        ? Comparator.comparingDouble(entry -> number(entry.getKey()))
                        : Comparator.comparingInt(
                                entry -> -Arrays.stream(entry.getValue()).sum()));
        int[] others = new int[groups];
        List<ReportData.Level> shown = new ArrayList<>();
        for (Map.Entry<String, int[]> level : sorted) {
            if (shown.size() < MOST_LEVELS) {
                shown.add(new ReportData.Level(ShownRows.shortened(level.getKey()), level.getValue()));
            } else {
                Arrays.setAll(others, g -> others[g] + level.getValue()[g]);
            }
        }
        return new ReportData.Column(name, missing, levels.size(), null, shown, others);
    }

    private static ReportData.Numbers distribution(double[] numbers, int[] group, int groups) {
        double[] sorted =
                Arrays.stream(numbers).filter(Double::isFinite).sorted().toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double width = (high - low) / BINS;
        int[][] counts = new int[BINS][groups];
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isFinite(numbers[i])) {
                counts[width > 0 ? (int) Math.min(BINS - 1, (numbers[i] - low) / width) : 0][group[i]]++;
            }
        }
        return new ReportData.Numbers(
                low,
                sorted[sorted.length / 2],
                Arrays.stream(sorted).average().orElse(Double.NaN),
                high,
                low,
                width,
                counts);
    }

    /** The number that a text is, NaN where it is none. */
    private static double number(String text) {
        if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }
}
