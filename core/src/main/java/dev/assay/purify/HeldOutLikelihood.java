package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.work.Workers;
import java.util.function.IntToDoubleFunction;

/**
 * How well logits explain labels of which some may be wrong: the largest value over e and T of
 *
 * <pre>sum_i w_i log[ (1 - e) q_i(y_i) + e (1 - q_i(y_i)) / (C - 1) ]</pre>
 *
 * where q_i = softmax(z_i / T): a label is right with probability 1 - e, or else any of the other classes. For regression
 * the two terms are the normal density of the residual with variance T and that of the target with the mean and variance of
 * all targets. In nats, higher is better. The labels judged must not have been used to fit what made the logits.
 *
 * <p>T matters because probabilities of a model on data it never saw are not calibrated, and e lives off calibration. For
 * fixed T the sum is concave in e.
 *
 * @param total the maximum
 * @param wrongShare e, at most 1 - 1/C (for regression 1/2)
 * @param temperature T
 * @param rows each example's term, its weight included
 */
record HeldOutLikelihood(double total, double wrongShare, double temperature, double[] rows) {
    /** log2 of the temperatures at the ends of the search. */
    private static final int LOWEST = -7;

    private static final int HIGHEST = 5;
    private static final int SECTIONS = 16;
    private static final int BISECTIONS = 32;
    private static final int BLOCK = 4096;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    /** Keeps the logarithm finite where a probability is rounded to 0. */
    private static final double TINY = 1e-300;

    /** The maximum for logits z (n x C); O(n C) times some thirty temperatures. */
    static HeldOutLikelihood of(Loss loss, Targets targets, double[] weights, Matrix logits, Workers workers) {
        Search search = new Search(loss, targets, weights, logits, workers);
        int best = LOWEST;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int k = LOWEST; k <= HIGHEST; k++) {
            double value = search.at(k).value;
            if (value > bestValue) {
                best = k;
                bestValue = value;
            }
        }
        double low = best - 1;
        double high = best + 1;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftValue = search.at(left).value;
        double rightValue = search.at(right).value;
        for (int section = 0; section < SECTIONS; section++) {
            if (leftValue >= rightValue) {
                high = right;
                right = left;
                rightValue = leftValue;
                left = high - GOLDEN * (high - low);
                leftValue = search.at(left).value;
            } else {
                low = left;
                left = right;
                leftValue = rightValue;
                right = low + GOLDEN * (high - low);
                rightValue = search.at(right).value;
            }
        }
        double exponent = leftValue >= rightValue ? left : right;
        if (bestValue > Math.max(leftValue, rightValue)) {
            exponent = best;
        }
        Best found = search.at(exponent);
        double[] rows = search.rows(found);
        return new HeldOutLikelihood(found.value, found.wrongShare, Math.pow(2, exponent), rows);
    }

    /** The best e for one temperature. */
    private record Best(double value, double wrongShare, double[] right, double[] wrong) {}

    private static final class Search {
        private final Loss loss;
        private final Targets targets;
        private final double[] weights;
        private final Matrix logits;
        private final Workers workers;
        private final double largestShare;
        private final double mean;
        private final double variance;

        Search(Loss loss, Targets targets, double[] weights, Matrix logits, Workers workers) {
            this.loss = loss;
            this.targets = targets;
            this.weights = weights;
            this.logits = logits;
            this.workers = workers;
            this.largestShare = targets instanceof ClassTargets labels ? 1 - 1.0 / labels.classes() : 0.5;
            double weight = 0;
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weight += weights[i];
                sum += weights[i] * targets.value(i);
            }
            double squares = 0;
            for (int i = 0; i < weights.length; i++) {
                double deviation = targets.value(i) - sum / weight;
                squares += weights[i] * deviation * deviation;
            }
            this.mean = sum / weight;
            this.variance = Math.max(TINY, squares / weight);
        }

        Best at(double exponent) {
            double temperature = Math.pow(2, exponent);
            double[] right = new double[logits.rows()];
            double[] wrong = new double[logits.rows()];
            workers.forEachBlock(logits.rows(), BLOCK, (from, to) -> terms(temperature, right, wrong, from, to));
            double low = 0;
            double high = largestShare;
            if (slope(0, right, wrong) <= 0) {
                high = 0;
            }
            for (int k = 0; k < BISECTIONS && high > 0; k++) {
                double middle = (low + high) / 2;
                if (slope(middle, right, wrong) > 0) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            double share = (low + high) / 2;
            return new Best(value(share, right, wrong), share, right, wrong);
        }

        private void terms(double temperature, double[] right, double[] wrong, int from, int to) {
            if (!(targets instanceof ClassTargets labels)) {
                for (int i = from; i < to; i++) {
                    right[i] = normalDensity(targets.value(i) - logits.get(i, 0), temperature);
                    wrong[i] = normalDensity(targets.value(i) - mean, variance);
                }
                return;
            }
            int c = logits.columns();
            int classes = labels.classes();
            double[] scaled = new double[c];
            double[] probabilities = new double[classes];
            for (int i = from; i < to; i++) {
                for (int k = 0; k < c; k++) {
                    scaled[k] = logits.get(i, k) / temperature;
                }
                loss.outputs(scaled, 0, probabilities, 0);
                double own = probabilities[labels.codes()[i]];
                right[i] = own;
                wrong[i] = (1 - own) / (classes - 1);
            }
        }

        private static double normalDensity(double deviation, double variance) {
            return Math.exp(-deviation * deviation / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
        }

        private double value(double share, double[] right, double[] wrong) {
            return sum((i) -> weights[i] * Math.log((1 - share) * right[i] + share * wrong[i] + TINY));
        }

        private double slope(double share, double[] right, double[] wrong) {
            return sum((i) -> weights[i] * (wrong[i] - right[i]) / ((1 - share) * right[i] + share * wrong[i] + TINY));
        }

        private double sum(IntToDoubleFunction term) {
            return workers.reduce(
                            logits.rows(),
                            BLOCK,
                            () -> new double[1],
                            (sum, from, to) -> {
                                for (int i = from; i < to; i++) {
                                    sum[0] += term.applyAsDouble(i);
                                }
                            },
                            (a, b) -> {
                                a[0] += b[0];
                                return a;
                            })[0];
        }

        double[] rows(Best best) {
            double[] rows = new double[logits.rows()];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = weights[i]
                        * Math.log((1 - best.wrongShare) * best.right[i] + best.wrongShare * best.wrong[i] + TINY);
            }
            return rows;
        }
    }
}
