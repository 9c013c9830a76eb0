package dev.assay.quality;

import dev.assay.data.ColumnFeatures;
import dev.assay.drift.Poisson;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows far out in their features, whatever their label: ECOD (Li, Zhao, Hu, Botta, Ionescu, Chen 2022). With F_j(x) the share of rows whose
 * feature j is as small, and G_j(x) as large, ties counted in,
 *
 * <pre>
 *   left_i = - sum_j log F_j(x_ij),   right_i = - sum_j log G_j(x_ij),
 *   automatic_i = - sum_j log (F_j if the skewness of j is below 0, else G_j),     score_i = max(left_i, right_i, automatic_i),
 * </pre>
 *
 * in nats, higher = farther out; every row counts once, whatever its weight. Ranks alone count, so that a row is far out by being extreme in
 * many columns, not by how far it is in one.
 *
 * <p>The control: each column is shuffled by itself, all features of the column together, which leaves every column as it is and makes the
 * columns independent. About {@value #SHUFFLED_ROWS} such rows are drawn. The fence is what one in 1,000 of them exceeds. Where columns go together,
 * large parts of the real rows are beyond what shuffled ones reach: the score then ranks rows, but no fence divides them.
 *
 * @param scores n scores
 * @param chances of each row (1 + shuffled rows with a score as high) / (1 + shuffled rows)
 * @param shuffledRows how many rows of shuffled columns were drawn
 * @param fence what one shuffled row in 1,000 exceeds
 * @param beyond rows that exceed the fence
 * @param expected rows that would by chance
 * @param divides whether the bulk of the rows scores as shuffled rows do, so that the fence says something
 * @param farthest the rows of the highest scores, the highest first
 * @param histogram of the scores, beside those of shuffled rows
 */
public record FeatureOutliers(
        double[] scores,
        double[] chances,
        int shuffledRows,
        double fence,
        int beyond,
        double expected,
        boolean divides,
        List<FarRow> farthest,
        Histogram histogram) {
    private static final int SHUFFLED_ROWS = 100_000;
    private static final double FENCE = 0.999;
    private static final int FARTHEST = 20;
    private static final int SPEAKING_COLUMNS = 3;
    private static final int BINS = 40;
    /** Columns whose sums are in memory at a time; nothing of the result depends on it. */
    private static final int COLUMNS = 8;

    /** Where the upper tenth of shuffled rows begins, and what share of real rows may be there beyond a tenth. */
    private static final double BULK = 0.9;

    private static final double BULK_SLACK = 0.05;
    /** More rows than this are a part of the data, not outliers of it. */
    private static final double MOST_BEYOND = 0.02;

    private static final double DEVIATIONS = 3;
    private static final double CHANCE = 0.01;

    /**
     * A row far out.
     *
     * @param example its index
     * @param columns that speak loudest, the loudest first
     */
    public record FarRow(int example, List<Term> columns) {
        /** Copies the list. */
        public FarRow {
            columns = List.copyOf(columns);
        }
    }

    /**
     * What a column adds to a score.
     *
     * @param column its name
     * @param nats its part of the sum that the score is
     */
    public record Term(String column, double nats) {}

    /**
     * Scores in bins of equal width.
     *
     * @param low where the first bin begins
     * @param width of each bin, in nats
     * @param rows in each bin
     * @param shuffled rows of shuffled columns in each bin
     */
    public record Histogram(double low, double width, int[] rows, int[] shuffled) {
        private static Histogram of(double[] scores, double[] sorted) {
            double low = Math.min(Arrays.stream(scores).min().orElse(0), sorted[0]);
            double high = Math.max(Arrays.stream(scores).max().orElse(0), sorted[sorted.length - 1]);
            double width = high > low ? (high - low) / BINS : 1;
            return new Histogram(low, width, counts(scores, low, width), counts(sorted, low, width));
        }

        private static int[] counts(double[] values, double low, double width) {
            int[] counts = new int[BINS];
            for (double value : values) {
                counts[(int) Math.min(BINS - 1, (value - low) / width)]++;
            }
            return counts;
        }
    }

    /** Copies the list. */
    public FeatureOutliers {
        farthest = List.copyOf(farthest);
    }

    /** Whether the fence divides and more rows exceed it than chance explains (Poisson, one in 100). */
    public boolean areMoreThanChance() {
        return divides && Poisson.tail(beyond, expected) < CHANCE;
    }

    /**
     * Scores all rows; O(n d log n + d max(n, {@value #SHUFFLED_ROWS})).
     *
     * @param features n x d, n at least 1
     * @param columns the features that count
     */
    public static FeatureOutliers of(Matrix features, List<ColumnFeatures> columns, long seed, Workers workers) {
        int n = features.rows();
        int draws = (SHUFFLED_ROWS + n - 1) / n;
        int[] inPlace = IntStream.range(0, n).toArray();
        boolean[] isLeftAutomatic = new boolean[features.columns()];
        ColumnTails own = ColumnTails.zero(n);
        List<ColumnTails> shuffled =
                IntStream.range(0, draws).mapToObj(draw -> ColumnTails.zero(n)).toList();
        for (int from = 0; from < columns.size(); from += COLUMNS) {
            int first = from;
            List<ColumnTails> batch = workers.mapBlocks(
                    Math.min(COLUMNS, columns.size() - first),
                    1,
                    (k, ignored) -> ColumnTails.of(features, columns.get(first + k), isLeftAutomatic));
            batch.forEach(column -> own.add(column, inPlace));
            workers.forEachBlock(draws, 1, (draw, ignored) -> {
                for (int k = 0; k < batch.size(); k++) {
                    int number = (first + k) * draws + draw;
                    shuffled.get(draw)
                            .add(batch.get(k), Permutations.of(n, Seeds.child(seed, "shuffled column", number)));
                }
            });
        }
        double[] scores = own.largest();
        double[] control = shuffled.stream()
                .flatMapToDouble(sums -> Arrays.stream(sums.largest()))
                .sorted()
                .toArray();
        double fence = control[(int) (FENCE * (control.length - 1))];
        int beyond = above(scores, fence);
        double bulk = control[(int) (BULK * (control.length - 1))];
        return new FeatureOutliers(
                scores,
                chances(scores, control),
                control.length,
                fence,
                beyond,
                (double) n * above(control, fence) / control.length,
                isAtMost(above(scores, bulk), n, (double) above(control, bulk) / control.length + BULK_SLACK)
                        && isAtMost(beyond, n, MOST_BEYOND),
                farthest(features, columns, isLeftAutomatic, own, scores, workers),
                Histogram.of(scores, control));
    }

    /** Whether a count is no more than a share of n and what chance adds to it. */
    private static boolean isAtMost(int count, int n, double share) {
        return count <= n * share + DEVIATIONS * Math.sqrt(n * share * (1 - share));
    }

    private static int above(double[] values, double limit) {
        return (int) Arrays.stream(values).filter(value -> value > limit).count();
    }

    private static double[] chances(double[] scores, double[] sorted) {
        double[] result = new double[scores.length];
        for (int i = 0; i < result.length; i++) {
            // shuffled rows are summed in the same order, but rounding must not tell equal sums apart
            double limit = scores[i] * (1 - 1e-12);
            int place = Arrays.binarySearch(sorted, limit);
            while (place > 0 && sorted[place - 1] == limit) {
                place--;
            }
            int below = place < 0 ? -place - 1 : place;
            result[i] = (1.0 + sorted.length - below) / (1 + sorted.length);
        }
        return result;
    }

    private static List<FarRow> farthest(
            Matrix features,
            List<ColumnFeatures> columns,
            boolean[] isLeftAutomatic,
            ColumnTails own,
            double[] scores,
            Workers workers) {
        int[] rows = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
                .limit(FARTHEST)
                .mapToInt(Integer::intValue)
                .toArray();
        List<ColumnTails> tails = workers.mapBlocks(
                columns.size(), 1, (c, ignored) -> ColumnTails.of(features, columns.get(c), isLeftAutomatic, rows));
        List<FarRow> result = new ArrayList<>();
        for (int k = 0; k < rows.length; k++) {
            int i = rows[k];
            boolean isLeft = own.left()[i] == scores[i];
            boolean isRight = own.right()[i] == scores[i];
            List<Term> terms = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                ColumnTails column = tails.get(c);
                double[] sum = isLeft ? column.left() : isRight ? column.right() : column.automatic();
                if (sum[k] > 0) {
                    terms.add(new Term(columns.get(c).column(), sum[k]));
                }
            }
            terms.sort(Comparator.comparingDouble(term -> -term.nats()));
            result.add(new FarRow(i, terms.subList(0, Math.min(SPEAKING_COLUMNS, terms.size()))));
        }
        return result;
    }
}
