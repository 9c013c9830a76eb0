package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;

/**
 * How far the answers of experts may be trusted on rows that they did not see: the factor a on their logits, or the standard
 * deviation of the targets about their predictions, of highest likelihood.
 *
 * <p>Labels that are all predicted rightly would ask for an infinite factor; a normal prior on log a with deviation 1, worth
 * a fraction of one row, keeps it finite.
 *
 * @param scale a, above 0; 1 for regression
 * @param deviation s; NaN for classes
 * @param logLikelihoods of each row under it, in nats
 */
public record Calibration(double scale, double deviation, double[] logLikelihoods) {
    /** |log a| at the most. */
    private static final double LARGEST = 3;

    private static final int BISECTIONS = 30;
    private static final double CLOSE = 1e-6;
    private static final double SMALLEST_DEVIATION = 1e-6;

    /**
     * Fits a or s; O(n C) a trial.
     *
     * @param answers n x C logits or log-probabilities, n x 1 predictions
     * @param weights of the rows
     */
    public static Calibration of(Matrix answers, Targets targets, double[] weights) {
        if (targets instanceof ClassTargets labels) {
            double scale = Math.exp(logScale(answers, labels.codes(), weights));
            return new Calibration(
                    scale, Double.NaN, Expert.logLikelihoods(scaled(answers, scale), targets, Double.NaN));
        }
        double squares = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double residual = targets.value(i) - answers.get(i, 0);
            squares += weights[i] * residual * residual;
            total += weights[i];
        }
        double deviation = Math.max(SMALLEST_DEVIATION, Math.sqrt(squares / total));
        return new Calibration(1, deviation, Expert.logLikelihoods(answers, targets, deviation));
    }

    /** Log-probabilities with the factor in them; predictions as they are. */
    static Matrix scaled(Matrix answers, double scale) {
        if (answers.columns() == 1) {
            return answers;
        }
        Matrix result = answers.copy();
        double[] values = result.values();
        for (int k = 0; k < values.length; k++) {
            values[k] *= scale;
        }
        LogSumExp.normaliseRows(result);
        return result;
    }

    /** Where the slope of the log-likelihood in log a vanishes: Newton's method within a bracket. */
    private static double logScale(Matrix answers, int[] codes, double[] weights) {
        double low = -LARGEST;
        double high = LARGEST;
        double at = 0;
        for (int k = 0; k < BISECTIONS; k++) {
            double[] slope = slope(answers, codes, weights, at);
            if (slope[0] > 0) {
                low = at;
            } else {
                high = at;
            }
            double next = slope[1] < 0 ? at - slope[0] / slope[1] : Double.NaN;
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - at) < CLOSE) {
                return next;
            }
            at = next;
        }
        return at;
    }

    /** First and second derivative of the log-posterior in log a. */
    private static double[] slope(Matrix answers, int[] codes, double[] weights, double logScale) {
        double a = Math.exp(logScale);
        int classes = answers.columns();
        double first = 0;
        double curvature = 0;
        for (int i = 0; i < codes.length; i++) {
            if (weights[i] == 0) {
                continue;
            }
            int at = answers.offset(i);
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                largest = Math.max(largest, answers.values()[at + c]);
            }
            double sum = 0;
            double mean = 0;
            double square = 0;
            for (int c = 0; c < classes; c++) {
                double z = answers.values()[at + c] - largest;
                double e = Math.exp(a * z);
                sum += e;
                mean += e * z;
                square += e * z * z;
            }
            mean /= sum;
            double own = answers.values()[at + codes[i]] - largest;
            first += weights[i] * (own - mean);
            curvature += weights[i] * (square / sum - mean * mean);
        }
        return new double[] {a * first - logScale, a * first - a * a * curvature - 1};
    }
}
