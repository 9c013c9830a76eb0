package dev.assay.mixture;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;

/**
 * How much a block's expert explains more than one that knows nothing but how often each label occurs in the block, in nats per row of it:
 * near 0, the block is block 0 by another name. For regression more than a normal distribution of its targets.
 */
final class BlockGain {
    private static final double TINY = 1e-12;

    private BlockGain() {}

    /**
     * That of the least predictive of blocks 1 to K.
     *
     * @param responsibilities n x (K + 1), block 0 in column 0
     * @param expertLogLikelihoods n x K, in nats
     */
    static double least(Matrix responsibilities, Matrix expertLogLikelihoods, Dataset data) {
        double least = Double.POSITIVE_INFINITY;
        for (int b = 1; b < responsibilities.columns(); b++) {
            double[] weights = data.weights().clone();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= responsibilities.get(i, b);
            }
            double total = Arrays.stream(weights).sum();
            double[] constant = constant(data.targets(), weights, total);
            double gain = 0;
            for (int i = 0; i < weights.length; i++) {
                gain += weights[i] * (expertLogLikelihoods.get(i, b - 1) - constant[i]);
            }
            least = Math.min(least, gain / Math.max(1, total));
        }
        return least;
    }

    /** log-likelihood of each row where nothing but the distribution of the labels is known. */
    private static double[] constant(Targets targets, double[] weights, double total) {
        double[] result = new double[weights.length];
        if (targets instanceof ClassTargets labels) {
            double[] shares = new double[labels.classes()];
            for (int i = 0; i < weights.length; i++) {
                shares[labels.codes()[i]] += weights[i] / total;
            }
            Arrays.setAll(result, i -> Math.log(shares[labels.codes()[i]] + TINY));
            return result;
        }
        double mean = 0;
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * targets.value(i) / total;
            square += weights[i] * targets.value(i) * targets.value(i) / total;
        }
        double variance = Math.max(TINY, square - mean * mean);
        for (int i = 0; i < weights.length; i++) {
            double from = targets.value(i) - mean;
            result[i] = -0.5 * from * from / variance - 0.5 * Math.log(2 * Math.PI * variance);
        }
        return result;
    }
}
