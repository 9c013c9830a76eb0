package dev.assay.quality;

import dev.assay.data.Column;
import dev.assay.drift.ChiSquared;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What changes along the file: each column between {@value #STRETCHES} consecutive stretches of about as many rows, against rows in random
 * order.
 *
 * <p>Numbers and times by Kruskal and Wallis, missing values ranked lowest, ties corrected for; texts and truth values by Pearson's chi-squared, missing
 * values as a level, levels of fewer than {@value #FEWEST_OF_LEVEL} rows together. Both statistics are chi-squared where the order is random. A column drifts
 * where Benjamini and Hochberg's procedure over all columns finds it at {@value #LEVEL}, so that of files in random order one in a hundred has a
 * drifting column, and where the stretches explain at least {@value #SMALLEST} of its variance.
 *
 * @param rows how many were looked at
 * @param columns all that could be looked at, those that drift most first
 * @param courses of the label and of the columns that drift most, the label first
 */
public record OrderDrift(int rows, List<ColumnDrift> columns, List<ColumnCourse> courses) {
    /** Rows that this needs. */
    public static final int FEWEST_ROWS = 100;
    /** Rows that are enough; of more, so many that stand evenly spaced in the file may be given. */
    public static final int MOST_ROWS = 20_000;

    static final int STRETCHES = 10;
    private static final int FEWEST_OF_LEVEL = 50;
    private static final double LEVEL = 0.01;
    private static final double SMALLEST = 0.01;
    private static final int MOST_COURSES = 6;

    /**
     * One column.
     *
     * @param column its name
     * @param statistic chi-squared of {@code freedom} degrees of freedom where the order is random
     * @param chance probability of a statistic as large then, of this column alone
     * @param explained share of the variance (of ranks; of levels the square of Cramer's V) that lies between stretches, less what random order gives; 0
     *     to 1, about, higher = more drift
     * @param isSorted whether the values rise or fall from the first row to the last; of texts, whether each stands in one piece
     * @param drifts by more than chance, and enough to matter
     */
    public record ColumnDrift(
            String column,
            double statistic,
            int freedom,
            double chance,
            double explained,
            boolean isSorted,
            boolean drifts) {}

    /** Copies the list. */
    public OrderDrift {
        columns = List.copyOf(columns);
        courses = List.copyOf(courses);
    }

    /** Those that drift. */
    public List<ColumnDrift> drifting() {
        return columns.stream().filter(ColumnDrift::drifts).toList();
    }

    /**
     * Looks at columns; O(n log n) for each.
     *
     * @param features whose rows are in the order of the file, at least {@value #FEWEST_ROWS}; each a case of its own
     * @param label of the same rows
     * @param seed of the random order that courses are shown beside
     */
    public static OrderDrift of(List<Column> features, Column label, long seed, Workers workers) {
        int n = label.size();
        List<Column> columns = new ArrayList<>(features);
        columns.add(label);
        List<List<ColumnDrift>> tested = workers.mapBlocks(columns.size(), 1, (c, ignored) -> {
            ColumnDrift one = columns.get(c) instanceof Column.Numbers || columns.get(c) instanceof Column.Timestamps
                    ? ofNumbers(columns.get(c))
                    : ofLevels(columns.get(c));
            return one == null ? List.of() : List.of(one);
        });
        List<ColumnDrift> sorted =
                new ArrayList<>(tested.stream().flatMap(List::stream).toList());
        sorted.sort(Comparator.comparingDouble(ColumnDrift::chance));
        int significant = 0;
        for (int k = 0; k < sorted.size(); k++) {
            significant = sorted.get(k).chance() <= LEVEL * (k + 1) / sorted.size() ? k + 1 : significant;
        }
        List<ColumnDrift> result = new ArrayList<>();
        for (int k = 0; k < sorted.size(); k++) {
            ColumnDrift one = sorted.get(k);
            result.add(new ColumnDrift(
                    one.column(),
                    one.statistic(),
                    one.freedom(),
                    one.chance(),
                    one.explained(),
                    one.isSorted(),
                    k < significant && one.explained() >= SMALLEST));
        }
        result.sort(Comparator.comparing((ColumnDrift one) -> !one.drifts()).thenComparing(one -> -one.explained()));
        return new OrderDrift(n, result, courses(columns, label, result, seed, workers));
    }

    private static List<ColumnCourse> courses(
            List<Column> columns, Column label, List<ColumnDrift> found, long seed, Workers workers) {
        List<Column> shown = new ArrayList<>(List.of(label));
        found.stream()
                .filter(ColumnDrift::drifts)
                .filter(one -> !one.column().equals(label.name()))
                .limit(MOST_COURSES)
                .forEach(one -> columns.stream()
                        .filter(column -> column.name().equals(one.column()))
                        .forEach(shown::add));
        int[] random = Permutations.of(label.size(), Seeds.child(seed, "rows in random order"));
        return workers.mapBlocks(shown.size(), 1, (k, ignored) -> ColumnCourse.of(shown.get(k), random));
    }

    static int stretch(int row, int n) {
        return (int) ((long) row * STRETCHES / n);
    }

    private static @Nullable ColumnDrift ofNumbers(Column column) {
        int n = column.size();
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = column.isMissing(i)
                    ? Double.NEGATIVE_INFINITY
                    : column instanceof Column.Numbers numbers ? numbers.get(i) : ((Column.Timestamps) column).get(i);
        }
        Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] sums = new double[STRETCHES];
        double tied = 0;
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && values[order[to]] == values[order[from]]) {
                to++;
            }
            double count = to - from;
            tied += count * count * count - count;
            for (int place = from; place < to; place++) {
                // from the mean rank, so that nothing large is subtracted later
                sums[stretch(order[place], n)] += (from + to - 1) / 2.0 - (n - 1) / 2.0;
            }
            from = to;
        }
        double size = n;
        double varying = 1 - tied / (size * size * size - size);
        if (!(varying > 0)) {
            return null;
        }
        int[] rows = new int[STRETCHES];
        for (int i = 0; i < n; i++) {
            rows[stretch(i, n)]++;
        }
        double statistic = 0;
        for (int s = 0; s < STRETCHES; s++) {
            statistic += sums[s] * sums[s] / rows[s];
        }
        statistic *= 12 / (size * (size + 1)) / varying;
        int freedom = STRETCHES - 1;
        return new ColumnDrift(
                column.name(),
                statistic,
                freedom,
                ChiSquared.tail(statistic, freedom),
                (statistic - freedom) / (n - STRETCHES),
                isMonotone(values),
                false);
    }

    private static boolean isMonotone(double[] values) {
        boolean rises = true;
        boolean falls = true;
        for (int i = 1; i < values.length; i++) {
            rises &= values[i] >= values[i - 1];
            falls &= values[i] <= values[i - 1];
        }
        return rises || falls;
    }

    private static @Nullable ColumnDrift ofLevels(Column column) {
        int n = column.size();
        List<String> names = IntStream.range(0, n)
                .mapToObj(i -> column.isMissing(i) ? "" : "=" + column.text(i))
                .toList();
        Levels levels = Levels.of(names);
        if (levels.count() < 2) {
            return null;
        }
        long[][] table = new long[STRETCHES][levels.count()];
        long[] ofLevel = new long[levels.count()];
        long[] ofStretch = new long[STRETCHES];
        for (int i = 0; i < n; i++) {
            table[stretch(i, n)][levels.codes()[i]]++;
            ofLevel[levels.codes()[i]]++;
            ofStretch[stretch(i, n)]++;
        }
        double statistic = 0;
        for (int s = 0; s < STRETCHES; s++) {
            for (int level = 0; level < ofLevel.length; level++) {
                double expected = (double) ofStretch[s] * ofLevel[level] / n;
                statistic += (table[s][level] - expected) * (table[s][level] - expected) / expected;
            }
        }
        int freedom = (STRETCHES - 1) * (ofLevel.length - 1);
        double most = (double) n * Math.min(STRETCHES - 1, ofLevel.length - 1);
        return new ColumnDrift(
                column.name(),
                statistic,
                freedom,
                ChiSquared.tail(statistic, freedom),
                (statistic - freedom) / most,
                levels.inOnePieceEach(),
                false);
    }

    /**
     * Levels of enough rows, the rare ones together.
     *
     * @param codes the level of each row
     * @param count how many there are
     * @param inOnePieceEach whether no level, rare ones by themselves, comes again after another one
     */
    private record Levels(int[] codes, int count, boolean inOnePieceEach) {
        static Levels of(List<String> names) {
            Map<String, Integer> rows = new LinkedHashMap<>();
            names.forEach(name -> rows.merge(name, 1, Integer::sum));
            Map<String, Integer> code = new HashMap<>();
            int rare = 0;
            for (Map.Entry<String, Integer> level : rows.entrySet()) {
                if (level.getValue() >= FEWEST_OF_LEVEL) {
                    code.put(level.getKey(), code.size());
                } else {
                    rare += level.getValue();
                }
            }
            // too few even together: with the first level
            boolean apart = rare >= FEWEST_OF_LEVEL;
            int ofRare = apart ? code.size() : 0;
            int[] codes = names.stream()
                    .mapToInt(name -> code.getOrDefault(name, ofRare))
                    .toArray();
            long pieces = 1
                    + IntStream.range(1, names.size())
                            .filter(i -> !names.get(i).equals(names.get(i - 1)))
                            .count();
            return new Levels(codes, code.size() + (apart ? 1 : 0), pieces == rows.size());
        }
    }
}
