package dev.assay.predict;

import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;

/**
 * Predicted numbers: a mixture of normal densities, one per block.
 *
 * @param experts each block's own prediction, n x K, in the user's units
 * @param spreads each block's standard deviation, K values, in the user's units
 * @param blocks b_ik, n x K
 */
public record RealPredictions(Matrix experts, double[] spreads, Matrix blocks) implements Predictions {
    /** sum_k b_ik z_ik: the mean of each row's mixture, in the user's units. */
    public double[] means() {
        double[] result = new double[size()];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < spreads.length; k++) {
                result[i] += blocks.get(i, k) * experts.get(i, k);
            }
        }
        return result;
    }

    /** Standard deviation of each row's mixture, in the user's units: its blocks' own, and how far they disagree. */
    public double[] deviations() {
        double[] means = means();
        double[] result = new double[means.length];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < spreads.length; k++) {
                double apart = experts.get(i, k) - means[i];
                result[i] += blocks.get(i, k) * (spreads[k] * spreads[k] + apart * apart);
            }
            result[i] = Math.sqrt(result[i]);
        }
        return result;
    }

    @Override
    public double[] certainties() {
        double[] result = deviations();
        for (int i = 0; i < result.length; i++) {
            result[i] = -result[i];
        }
        return result;
    }

    @Override
    public double[] logLikelihoods(Targets targets) {
        if (!(targets instanceof RealTargets reals)) {
            throw new IllegalArgumentException("numbers were predicted, got " + targets.getClass());
        }
        double[] result = new double[size()];
        double[] terms = new double[spreads.length];
        for (int i = 0; i < result.length; i++) {
            double value = reals.original(reals.value(i));
            for (int k = 0; k < terms.length; k++) {
                double z = (value - experts.get(i, k)) / spreads[k];
                terms[k] = Math.log(blocks.get(i, k)) - Math.log(spreads[k]) - 0.5 * (z * z + Math.log(2 * Math.PI));
            }
            result[i] = LogSumExp.of(terms);
        }
        return result;
    }
}
