package dev.assay.learn;

import dev.assay.data.SamplingUnits;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much better one explanation is than another, row by row on the same rows.
 *
 * @param difference sum of log-likelihoods of the first less those of the second, in nats
 * @param standardError of the difference, over rows or groups of them
 * @param rows how many
 */
public record PairedGain(double difference, double standardError, int rows) {
    /** Compares row by row, rows weighted. */
    public static PairedGain of(double[] first, double[] second, SamplingUnits units) {
        return of(first, second, units, true);
    }

    /** The same with the spread of the rows about no gain rather than about the mean gain: the error is larger, the more so the larger the gain. */
    public static PairedGain aboutZero(double[] first, double[] second, SamplingUnits units) {
        return of(first, second, units, false);
    }

    private static PairedGain of(double[] first, double[] second, SamplingUnits units, boolean centred) {
        double[] weights = units.weights();
        double[] gains = new double[weights.length];
        double sum = 0;
        int rows = 0;
        for (int i = 0; i < weights.length; i++) {
            gains[i] = weights[i] * (first[i] - second[i]);
            sum += gains[i];
            rows += weights[i] > 0 ? 1 : 0;
        }
        int[] groups = units.groups();
        double[] drawn = groups == null ? gains : ofGroups(gains, groups);
        double squares = 0;
        for (double one : drawn) {
            squares += one * one;
        }
        int count = groups == null ? rows : drawn.length;
        double mean = centred ? sum / Math.max(1, count) : 0;
        return new PairedGain(sum, Math.sqrt(Math.max(0, squares - count * mean * mean)), rows);
    }

    /** The sum of each group, in the order in which groups first come. */
    private static double[] ofGroups(double[] gains, int[] groups) {
        Map<Integer, Double> sums = new LinkedHashMap<>();
        for (int i = 0; i < gains.length; i++) {
            sums.merge(groups[i], gains[i], Double::sum);
        }
        return sums.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether the first is better by more than so many standard errors, and by more nats than that. */
    public boolean isBetter(double standardErrors, double nats) {
        return difference > nats && difference > standardErrors * standardError;
    }

    /** Whether the first is behind by no more than the standard error. */
    public boolean isAlike() {
        return difference >= -standardError;
    }
}
