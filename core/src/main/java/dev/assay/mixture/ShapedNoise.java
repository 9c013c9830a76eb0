package dev.assay.mixture;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.RealTargets;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Learner;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * One rule whose noise may be broad in some places and narrow in others, and of nearly any shape:
 *
 * <pre>p(y|x) = q((y - m(x)) / s(x)) / s(x)</pre>
 *
 * <p>m and log s learned, q three normal distributions. Two rules have to explain numbers better than that, or skewed, heavy-tailed or uneven
 * noise about one rule would be taken for a second one.
 */
final class ShapedNoise {
    private static final int SHAPES = 3;
    private static final int ROUNDS = 100;
    /** Share of the mean distance that no distance from the rule falls below. */
    private static final double SMALLEST_DISTANCE = 1e-2;

    private static final double SMALLEST_VARIANCE = 1e-4;

    private ShapedNoise() {}

    /**
     * log p(y_i|x_i) of each row, in nats: m and s by experts that did not see it, the eight numbers of q fitted to all rows. One cross-fit.
     *
     * @param rule answers out of fold
     */
    static double[] logLikelihoods(
            Dataset data, CrossFittedExpert rule, Learner learner, Folds parts, long seed, Workers workers) {
        int n = data.size();
        double[] residuals = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            residuals[i] = data.targets().value(i) - rule.answers().get(i, 0);
            mean += data.weights()[i] * Math.abs(residuals[i]) / data.totalWeight();
        }
        double least = SMALLEST_DISTANCE * mean;
        double[] distances = Arrays.stream(residuals)
                .map(one -> Math.log(Math.max(least, Math.abs(one))))
                .toArray();
        Matrix said = learner.crossFit(
                        data.withTargets(new RealTargets(distances, 0, 1)), data.weights(), parts, seed, workers)
                .answers();
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = residuals[i] * Math.exp(-said.get(i, 0));
        }
        double[] result = shape(scaled, data.weights());
        for (int i = 0; i < n; i++) {
            result[i] -= said.get(i, 0);
        }
        return result;
    }

    /** Log-density of each value under a mixture of normal distributions, fitted by expectation maximisation to all of them. */
    private static double[] shape(double[] values, double[] weights) {
        int n = values.length;
        double total = Arrays.stream(weights).sum();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] means = new double[SHAPES];
        double[] variances = new double[SHAPES];
        double[] shares = new double[SHAPES];
        Arrays.fill(shares, 1.0 / SHAPES);
        double half = sorted[(int) (0.75 * (n - 1))] - sorted[(int) (0.25 * (n - 1))];
        Arrays.fill(variances, Math.max(SMALLEST_VARIANCE, half * half / 4));
        Arrays.setAll(means, k -> sorted[(int) ((k + 0.5) / SHAPES * (n - 1))]);
        double[] result = new double[n];
        double[] joint = new double[SHAPES];
        for (int round = 0; round < ROUNDS; round++) {
            double[] mass = new double[SHAPES];
            double[] first = new double[SHAPES];
            double[] second = new double[SHAPES];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < SHAPES; k++) {
                    double from = values[i] - means[k];
                    joint[k] = Math.log(shares[k])
                            - 0.5 * from * from / variances[k]
                            - 0.5 * Math.log(2 * Math.PI * variances[k]);
                }
                result[i] = LogSumExp.of(joint);
                for (int k = 0; k < SHAPES; k++) {
                    double own = weights[i] * Math.exp(joint[k] - result[i]);
                    mass[k] += own;
                    first[k] += own * values[i];
                    second[k] += own * values[i] * values[i];
                }
            }
            for (int k = 0; k < SHAPES; k++) {
                double counted = Math.max(Mixture.TINY, mass[k]);
                shares[k] = counted / total;
                means[k] = first[k] / counted;
                variances[k] = Math.max(SMALLEST_VARIANCE, second[k] / counted - means[k] * means[k]);
            }
        }
        return result;
    }
}
