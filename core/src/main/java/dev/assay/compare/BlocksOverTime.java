package dev.assay.compare;

import dev.assay.quality.Permutations;
import dev.assay.work.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Whether blocks follow time: their shares in periods of about as many rows each, and how often rows whose blocks are dealt anew differ as much
 * from period to period, by
 *
 * <pre>  X^2 = sum_pk (n_pk - n_p n_k / n)^2 / (n_p n_k / n),     n_pk rows of block k in period p.</pre>
 *
 * @param column what the times are called
 * @param periods in order, at least two
 * @param chance (1 + dealings with an X^2 as high) / (1 + dealings); small = the blocks follow time
 */
public record BlocksOverTime(String column, List<Period> periods, double chance) {
    /** Below this the blocks are said to follow time. */
    public static final double FOLLOWS = 0.01;

    private static final int PERIODS = 10;
    private static final int FEWEST_ROWS = 10;
    private static final int DEALINGS = 999;

    /**
     * A stretch of time.
     *
     * @param from the earliest time in it
     * @param to the latest time in it
     * @param rows how many rows are explained by a block
     * @param shares of the blocks among these rows, the first block first
     */
    public record Period(double from, double to, int rows, double[] shares) {}

    /** Copies the list. */
    public BlocksOverTime {
        periods = List.copyOf(periods);
    }

    /** Whether the shares of the blocks differ from period to period by more than chance. */
    public boolean follows() {
        return chance < FOLLOWS;
    }

    /** Shares of the blocks in all periods together: what each period would show if blocks did not follow time. */
    public double[] overall() {
        double[] result = new double[periods.get(0).shares().length];
        int rows = periods.stream().mapToInt(Period::rows).sum();
        for (Period period : periods) {
            for (int k = 0; k < result.length; k++) {
                result[k] += period.shares()[k] * period.rows() / rows;
            }
        }
        return result;
    }

    /**
     * Compares; O(n log n + 1,000 n).
     *
     * @param assigned the block of each row, from 1; 0 for rows that no block explains, which are left out
     * @param groups of the rows, each of which is one case: its time is the median, its block the most frequent one; or null
     * @return null where there are fewer than two blocks, or too few rows or times for two periods
     */
    public static @Nullable BlocksOverTime of(
            String column, double[] times, int[] assigned, int blocks, int @Nullable [] groups, long seed) {
        List<Case> cases = cases(times, assigned, blocks, groups);
        cases.sort(Comparator.comparingDouble(Case::time));
        List<int[]> bounds = bounds(cases);
        if (blocks < 2 || bounds.size() < 2) {
            return null;
        }
        int[] found = cases.stream().mapToInt(Case::block).toArray();
        int[] period = new int[found.length];
        for (int p = 0; p < bounds.size(); p++) {
            Arrays.fill(period, bounds.get(p)[0], bounds.get(p)[1], p);
        }
        double highest = statistic(period, found, bounds.size(), blocks);
        int as = 0;
        for (int dealing = 0; dealing < DEALINGS; dealing++) {
            int[] dealt = IntStream.of(
                            Permutations.of(found.length, Seeds.child(seed, "blocks dealt over time", dealing)))
                    .map(i -> found[i])
                    .toArray();
            // rounding must not tell equal tables apart
            as += statistic(period, dealt, bounds.size(), blocks) >= highest * (1 - 1e-12) ? 1 : 0;
        }
        return new BlocksOverTime(column, periods(times, assigned, blocks, cases, bounds), (1.0 + as) / (1 + DEALINGS));
    }

    private record Case(double time, int block) {}

    private static List<Case> cases(double[] times, int[] assigned, int blocks, int @Nullable [] groups) {
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < assigned.length; i++) {
            if (assigned[i] > 0) {
                rows.computeIfAbsent(groups == null ? i : groups[i], one -> new ArrayList<>())
                        .add(i);
            }
        }
        List<Case> result = new ArrayList<>();
        for (List<Integer> own : rows.values()) {
            double[] sorted = own.stream().mapToDouble(i -> times[i]).sorted().toArray();
            int[] counts = new int[blocks];
            own.forEach(i -> counts[assigned[i] - 1]++);
            int most = IntStream.range(0, blocks)
                    .reduce((a, b) -> counts[b] > counts[a] ? b : a)
                    .orElse(0);
            result.add(new Case(sorted[sorted.length / 2], most));
        }
        return result;
    }

    /** Stretches of about equal size; equal times are not parted. */
    private static List<int[]> bounds(List<Case> sorted) {
        int n = sorted.size();
        int wanted = Math.min(PERIODS, n / FEWEST_ROWS);
        List<int[]> result = new ArrayList<>();
        int from = 0;
        for (int p = 1; p <= wanted; p++) {
            int to = (int) ((long) n * p / wanted);
            while (to < n
                    && to > from
                    && sorted.get(to).time() == sorted.get(to - 1).time()) {
                to++;
            }
            if (to - from >= FEWEST_ROWS) {
                result.add(new int[] {from, to});
                from = to;
            }
        }
        if (from < n && !result.isEmpty()) {
            result.get(result.size() - 1)[1] = n;
        }
        return result;
    }

    private static double statistic(int[] period, int[] block, int periods, int blocks) {
        int[][] table = new int[periods][blocks];
        for (int i = 0; i < period.length; i++) {
            table[period[i]][block[i]]++;
        }
        int[] ofBlock = new int[blocks];
        for (int[] row : table) {
            for (int k = 0; k < blocks; k++) {
                ofBlock[k] += row[k];
            }
        }
        double result = 0;
        for (int[] row : table) {
            int own = Arrays.stream(row).sum();
            for (int k = 0; k < blocks; k++) {
                double expected = (double) own * ofBlock[k] / period.length;
                double difference = row[k] - expected;
                result += expected > 0 ? difference * difference / expected : 0;
            }
        }
        return result;
    }

    /** Of all rows, whether they are cases of their own or not. */
    private static List<Period> periods(
            double[] times, int[] assigned, int blocks, List<Case> cases, List<int[]> bounds) {
        List<Period> result = new ArrayList<>();
        for (int p = 0; p < bounds.size(); p++) {
            double from = p == 0
                    ? Double.NEGATIVE_INFINITY
                    : cases.get(bounds.get(p)[0]).time();
            double until = p == bounds.size() - 1
                    ? Double.POSITIVE_INFINITY
                    : cases.get(bounds.get(p)[1]).time();
            int[] own = IntStream.range(0, times.length)
                    .filter(i -> assigned[i] > 0 && times[i] >= from && times[i] < until)
                    .toArray();
            double[] shares = new double[blocks];
            for (int i : own) {
                shares[assigned[i] - 1] += 1.0 / own.length;
            }
            double[] sorted =
                    IntStream.of(own).mapToDouble(i -> times[i]).sorted().toArray();
            if (own.length > 0) {
                result.add(new Period(sorted[0], sorted[sorted.length - 1], own.length, shares));
            }
        }
        return result;
    }
}
