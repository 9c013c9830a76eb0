package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * The distribution of X(i, j) over pairs of different examples, each pair weighted by w_i w_j.
 *
 * @param low the left end of the first bin
 * @param width of each bin
 * @param shares of the pairs, bin by bin
 * @param below share of the pairs left of the first bin
 * @param above share of the pairs right of the last bin
 * @param pairs ordered pairs that were looked at
 * @param sampled whether these are the pairs among a sample of the examples
 */
public record InfluenceHistogram(
        double low, double width, double[] shares, double below, double above, long pairs, boolean sampled) {
    /** So many examples are enough to show the distribution; where there are more, a sample of so many. */
    public static final int MOST_EXAMPLES = 1000;

    private static final int BINS = 81;
    /** The bins cover all pairs but this share on either side, so that a few huge influences do not squeeze the rest. */
    private static final double TAIL = 0.005;

    /**
     * Counts the pairs among m examples; O(m p^2 + m^2 p) time, O(m^2) memory.
     *
     * @param examples all of them, or a sample
     */
    public static InfluenceHistogram of(GradientSpace space, int[] examples, Workers workers) {
        Matrix influences = space.influences(examples, examples, workers);
        double[] weights = space.weights();
        int m = examples.length;
        double[] values = new double[m * (m - 1) / 2];
        int count = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                if (weights[examples[i]] > 0 && weights[examples[j]] > 0) {
                    values[count++] = influences.get(i, j);
                }
            }
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        double low = count == 0 ? 0 : sorted[(int) (TAIL * (count - 1))];
        double high = count == 0 ? 0 : sorted[(int) Math.ceil((1 - TAIL) * (count - 1))];
        double width = high > low ? (high - low) / BINS : 1;
        double[] sums = new double[BINS + 2];
        double total = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                double pair = weights[examples[i]] * weights[examples[j]];
                double place = (influences.get(i, j) - low) / width;
                int bin = place < 0 ? 0 : place > BINS ? BINS + 1 : 1 + Math.min(BINS - 1, (int) place);
                sums[bin] += pair;
                total += pair;
            }
        }
        for (int bin = 0; bin < sums.length; bin++) {
            sums[bin] = total > 0 ? sums[bin] / total : 0;
        }
        return new InfluenceHistogram(
                low,
                width,
                Arrays.copyOfRange(sums, 1, BINS + 1),
                sums[0],
                sums[BINS + 1],
                2L * count,
                m < space.size());
    }
}
