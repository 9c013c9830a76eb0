package dev.assay.learn;

/**
 * How much better one explanation is than another, row by row on the same rows.
 *
 * @param difference sum of log-likelihoods of the first less those of the second, in nats
 * @param standardError of the difference, over rows
 * @param rows how many
 */
public record PairedGain(double difference, double standardError, int rows) {
    /** Compares row by row, rows weighted. */
    public static PairedGain of(double[] first, double[] second, double[] weights) {
        return of(first, second, weights, true);
    }

    /** The same with the spread of the rows about no gain rather than about the mean gain: the error is larger, the more so the larger the gain. */
    public static PairedGain aboutZero(double[] first, double[] second, double[] weights) {
        return of(first, second, weights, false);
    }

    private static PairedGain of(double[] first, double[] second, double[] weights, boolean centred) {
        double sum = 0;
        double squares = 0;
        int rows = 0;
        for (int i = 0; i < weights.length; i++) {
            double one = weights[i] * (first[i] - second[i]);
            sum += one;
            squares += one * one;
            rows += weights[i] > 0 ? 1 : 0;
        }
        double mean = centred ? sum / Math.max(1, rows) : 0;
        return new PairedGain(sum, Math.sqrt(Math.max(0, squares - rows * mean * mean)), rows);
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
