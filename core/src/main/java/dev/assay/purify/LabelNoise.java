package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;

/**
 * What the labels look like to someone who knows the expert's answers and that some labels are not explained by them: a
 * share e of unexplained labels, and a scale that says how far the expert's answers may be trusted, both fitted by
 * maximum likelihood.
 *
 * <p>Classification: p(y) = (1 - e) q(y) + e (1 - q(y)) / (C - 1), q the softmax of a times the expert's logits.
 * Regression: p(y) = (1 - e) N(y; prediction, s^2) + e N(y; 0, t^2) in standardised units, with t^2 the mean square of the
 * targets, at least 1.
 *
 * @param share e, the share of unexplained labels
 * @param scale the factor a on the logits; for regression the standard deviation s of the residuals
 * @param logLikelihood weighted sum of log p(y_i), nats; higher = better explained
 * @param logDensity log q(y_i) or log N(y_i; prediction_i, s^2) of each example; lower = more suspicious
 * @param trust posterior probability that the expert explains the label; lower = more suspicious
 */
record LabelNoise(double share, double scale, double logLikelihood, double[] logDensity, double[] trust) {
    private static final double SMALLEST_SCALE = 0.1;
    private static final double LARGEST_SCALE = 8;
    private static final int SCALES = 14;
    private static final int GOLDEN_STEPS = 14;
    private static final int BISECTIONS = 40;
    private static final int ROUNDS = 200;
    private static final double FLOOR = 1e-300;

    /**
     * Fits e and the scale.
     *
     * @param answers n x C logits or log-probabilities, or n x 1 predictions, of experts that were not trained with the
     *     example
     * @param weights of the examples
     */
    static LabelNoise fit(Matrix answers, Targets targets, double[] weights) {
        if (targets instanceof ClassTargets classTargets) {
            return fitFlips(answers, classTargets.codes(), weights);
        }
        return fitOutliers(answers, (RealTargets) targets, weights);
    }

    /**
     * The same share and scale for answers to other examples.
     *
     * @param scaled answers that have the scale in them
     */
    LabelNoise judge(Matrix scaled, Targets targets, double[] weights) {
        if (targets instanceof ClassTargets classTargets) {
            return flips(logDensities(scaled, classTargets.codes(), 1), share, 1, scaled.columns(), weights);
        }
        RealTargets real = (RealTargets) targets;
        return outliers(scaled, real, weights, share, scale, broad(real, weights));
    }

    /** w_i log p(y_i) of each example, the terms of the log-likelihood. */
    double[] logLikelihoods(double[] weights) {
        double[] result = new double[trust.length];
        for (int i = 0; i < result.length; i++) {
            // trust = (1 - e) q(y) / p(y)
            result[i] = weights[i] * (Math.log1p(-share) + logDensity[i] - Math.log(trust[i] + FLOOR));
        }
        return result;
    }

    private static LabelNoise fitFlips(Matrix logits, int[] codes, double[] weights) {
        int classes = logits.columns();
        double low = Math.log(SMALLEST_SCALE);
        double step = (Math.log(LARGEST_SCALE) - low) / (SCALES - 1);
        int best = 0;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < SCALES; k++) {
            double value = atScale(logits, codes, weights, classes, Math.exp(low + k * step))
                    .logLikelihood();
            if (value > bestValue) {
                best = k;
                bestValue = value;
            }
        }
        // golden section between the neighbours of the best of the grid
        double golden = (Math.sqrt(5) - 1) / 2;
        double from = low + Math.max(0, best - 1) * step;
        double to = low + Math.min(SCALES - 1, best + 1) * step;
        double first = to - golden * (to - from);
        double second = from + golden * (to - from);
        double firstValue =
                atScale(logits, codes, weights, classes, Math.exp(first)).logLikelihood();
        double secondValue =
                atScale(logits, codes, weights, classes, Math.exp(second)).logLikelihood();
        for (int k = 0; k < GOLDEN_STEPS; k++) {
            if (firstValue > secondValue) {
                to = second;
                second = first;
                secondValue = firstValue;
                first = to - golden * (to - from);
                firstValue = atScale(logits, codes, weights, classes, Math.exp(first))
                        .logLikelihood();
            } else {
                from = first;
                first = second;
                firstValue = secondValue;
                second = from + golden * (to - from);
                secondValue = atScale(logits, codes, weights, classes, Math.exp(second))
                        .logLikelihood();
            }
        }
        return atScale(logits, codes, weights, classes, Math.exp((from + to) / 2));
    }

    private static LabelNoise atScale(Matrix logits, int[] codes, double[] weights, int classes, double scale) {
        double[] logDensity = logDensities(logits, codes, scale);
        return flips(logDensity, bestShare(logDensity, weights, classes), scale, classes, weights);
    }

    /** log q(y_i) with q the softmax of scale times the logits. */
    private static double[] logDensities(Matrix logits, int[] codes, double scale) {
        double[] result = new double[codes.length];
        int classes = logits.columns();
        for (int i = 0; i < result.length; i++) {
            int at = logits.offset(i);
            double own = logits.values()[at + codes[i]];
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < classes; c++) {
                largest = Math.max(largest, logits.values()[at + c]);
            }
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scale * (logits.values()[at + c] - largest));
            }
            result[i] = scale * (own - largest) - Math.log(sum);
        }
        return result;
    }

    /** The share at which the log-likelihood, which is concave in it, is highest. */
    private static double bestShare(double[] logDensity, double[] weights, int classes) {
        // beyond this a label would speak against its own class
        double largest = (classes - 1.0) / classes;
        if (!(slope(logDensity, weights, classes, 0) > 0)) {
            return 0;
        }
        if (slope(logDensity, weights, classes, largest) >= 0) {
            return largest;
        }
        double low = 0;
        double high = largest;
        for (int k = 0; k < BISECTIONS; k++) {
            double middle = (low + high) / 2;
            if (slope(logDensity, weights, classes, middle) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double slope(double[] logDensity, double[] weights, int classes, double share) {
        double sum = 0;
        for (int i = 0; i < logDensity.length; i++) {
            double own = Math.exp(logDensity[i]);
            double other = (1 - own) / (classes - 1);
            sum += weights[i] * (other - own) / ((1 - share) * own + share * other + FLOOR);
        }
        return sum;
    }

    private static LabelNoise flips(double[] logDensity, double share, double scale, int classes, double[] weights) {
        double[] trust = new double[logDensity.length];
        double sum = 0;
        for (int i = 0; i < trust.length; i++) {
            double own = Math.exp(logDensity[i]);
            double explained = (1 - share) * own;
            double all = explained + share * (1 - own) / (classes - 1);
            // with no unexplained labels at all, everything is trusted, however small q is
            trust[i] = share == 0 ? 1 : explained / (all + FLOOR);
            sum += weights[i] * (share == 0 ? logDensity[i] : Math.log(all + FLOOR));
        }
        return new LabelNoise(share, scale, sum, logDensity, trust);
    }

    private static LabelNoise fitOutliers(Matrix predictions, RealTargets targets, double[] weights) {
        int n = targets.size();
        double broad = broad(targets, weights);
        double totalWeight = 0;
        double[] absolute = new double[n];
        for (int i = 0; i < n; i++) {
            absolute[i] = Math.abs(targets.values()[i] - predictions.get(i, 0));
            totalWeight += weights[i];
        }
        double[] sorted = absolute.clone();
        java.util.Arrays.sort(sorted);
        // the median absolute residual of a normal distribution is 0.6745 standard deviations
        double scale = Math.max(1e-6, sorted[n / 2] / 0.6745);
        double share = 0.1;
        for (int round = 0; round < ROUNDS; round++) {
            double[] trust =
                    outliers(predictions, targets, weights, share, scale, broad).trust();
            double explained = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                explained += weights[i] * trust[i];
                squares += weights[i] * trust[i] * absolute[i] * absolute[i];
            }
            double nextShare = 1 - explained / totalWeight;
            double nextScale = Math.max(1e-6, Math.sqrt(squares / Math.max(explained, FLOOR)));
            boolean still = Math.abs(nextShare - share) < 1e-9 && Math.abs(nextScale - scale) < 1e-9 * scale;
            share = nextShare;
            scale = nextScale;
            if (still) {
                break;
            }
        }
        return outliers(predictions, targets, weights, share, scale, broad);
    }

    private static double broad(RealTargets targets, double[] weights) {
        double squares = 0;
        double totalWeight = 0;
        for (int i = 0; i < weights.length; i++) {
            squares += weights[i] * targets.values()[i] * targets.values()[i];
            totalWeight += weights[i];
        }
        return Math.sqrt(Math.max(1, squares / totalWeight));
    }

    private static LabelNoise outliers(
            Matrix predictions, RealTargets targets, double[] weights, double share, double scale, double broad) {
        int n = targets.size();
        double[] logDensity = new double[n];
        double[] trust = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double y = targets.values()[i];
            logDensity[i] = logNormal(y - predictions.get(i, 0), scale);
            double explained = Math.log1p(-share) + logDensity[i];
            double unexplained = Math.log(share) + logNormal(y, broad);
            double largest = Math.max(explained, unexplained);
            double all = largest + Math.log(Math.exp(explained - largest) + Math.exp(unexplained - largest));
            trust[i] = Math.exp(explained - all);
            sum += weights[i] * all;
        }
        return new LabelNoise(share, scale, sum, logDensity, trust);
    }

    private static double logNormal(double residual, double scale) {
        double z = residual / scale;
        return -0.5 * z * z - Math.log(scale) - 0.5 * Math.log(2 * Math.PI);
    }
}
