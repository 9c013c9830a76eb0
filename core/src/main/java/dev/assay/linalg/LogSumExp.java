package dev.assay.linalg;

/** log sum_k exp(z_k) without overflow: the logarithm of a sum of probabilities that are known by their logarithms. */
public final class LogSumExp {
    private LogSumExp() {}

    /** log sum exp(z_k); minus infinity where all z are. */
    public static double of(double[] z) {
        return of(z, 0, z.length);
    }

    /** The same of some values: those from {@code at} on. */
    public static double of(double[] z, int at, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = at; k < at + count; k++) {
            largest = Math.max(largest, z[k]);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (int k = at; k < at + count; k++) {
            sum += Math.exp(z[k] - largest);
        }
        return largest + Math.log(sum);
    }

    /** Subtracts it from some values, in place: logits become log-probabilities. */
    public static void normalise(double[] z, int at, int count) {
        double norm = of(z, at, count);
        for (int k = at; k < at + count; k++) {
            z[k] -= norm;
        }
    }

    /** The same, with the probabilities themselves written to an array of as many values. */
    public static void normalise(double[] z, int at, double[] probabilities) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < probabilities.length; k++) {
            largest = Math.max(largest, z[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < probabilities.length; k++) {
            probabilities[k] = Math.exp(z[at + k] - largest);
            sum += probabilities[k];
        }
        double norm = largest + Math.log(sum);
        for (int k = 0; k < probabilities.length; k++) {
            z[at + k] -= norm;
            probabilities[k] /= sum;
        }
    }

    /** The same for each row of a matrix. */
    public static void normaliseRows(Matrix logits) {
        for (int i = 0; i < logits.rows(); i++) {
            normalise(logits.values(), logits.offset(i), logits.columns());
        }
    }
}
