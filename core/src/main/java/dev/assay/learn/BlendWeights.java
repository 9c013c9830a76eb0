package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * How much each of several experts has to say: the weights w, at least 0 with the sum 1, for which sum_i v_i log sum_k w_k p_k(y_i|x_i) is largest, or for
 * numbers sum_i v_i (y_i - sum_k w_k z_ik)^2 least; v_i is what row i counts for. Both are convex, so there is one optimum.
 *
 * <p>Weight is moved between two experts at a time, to where the slope along that line vanishes, until no pair gains.
 */
final class BlendWeights {
    private static final int SWEEPS = 30;
    private static final int BISECTIONS = 40;
    private static final double CLOSE = 1e-5;

    /** For each expert, of each row: p_k(y_i|x_i) over the largest of the experts' for classes, the prediction for numbers. */
    private final double[][] said;
    /** What is explained; null for classes. */
    private final Targets targets;

    private final boolean classes;

    private BlendWeights(List<Matrix> answers, Targets targets) {
        this.targets = targets;
        this.classes = targets instanceof ClassTargets;
        this.said = new double[answers.size()][targets.size()];
        for (int i = 0; i < targets.size(); i++) {
            int column = classes ? (int) targets.value(i) : 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < said.length; k++) {
                said[k][i] = answers.get(k).get(i, column);
                largest = Math.max(largest, said[k][i]);
            }
            for (int k = 0; classes && k < said.length; k++) {
                // a factor common to all experts does not move the weights
                said[k][i] = Math.exp(said[k][i] - largest);
            }
        }
    }

    /**
     * The weights; O(n) times some hundred for each pair of experts.
     *
     * @param answers n x C log-probabilities, or n x 1 predictions, of each expert, of rows that it did not see
     * @param weights v, at least 0
     */
    static double[] of(List<Matrix> answers, Targets targets, double[] weights) {
        return new BlendWeights(answers, targets).fit(weights);
    }

    private double[] fit(double[] rowWeights) {
        int count = said.length;
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double moved = 0;
            for (int to = 0; to < count; to++) {
                for (int from = 0; from < to; from++) {
                    double step = step(weights, to, from, rowWeights);
                    weights[to] += step;
                    weights[from] -= step;
                    moved = Math.max(moved, Math.abs(step));
                }
            }
            // of two experts the first sweep is all there is
            if (moved < CLOSE || count == 2) {
                break;
            }
        }
        return weights;
    }

    /** How much weight to give from one expert to another, between what takes all from the one and all from the other. */
    private double step(double[] weights, int to, int from, double[] rowWeights) {
        double low = -weights[to];
        double high = weights[from];
        double[] sums = sums(weights);
        if (!(slope(sums, to, from, high, rowWeights) < 0)) {
            return high;
        }
        if (!(slope(sums, to, from, low, rowWeights) > 0)) {
            return low;
        }
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            if (slope(sums, to, from, middle, rowWeights) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double[] sums(double[] weights) {
        double[] result = new double[targets.size()];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < result.length; i++) {
                result[i] += weights[k] * said[k][i];
            }
        }
        return result;
    }

    /** What is gained per weight moved, after a step. */
    private double slope(double[] sums, int to, int from, double step, double[] rowWeights) {
        double result = 0;
        for (int i = 0; i < sums.length; i++) {
            double difference = said[to][i] - said[from][i];
            if (rowWeights[i] > 0 && difference != 0) {
                double sum = sums[i] + step * difference;
                result += rowWeights[i] * difference * (classes ? 1 / sum : targets.value(i) - sum);
            }
        }
        return result;
    }
}
