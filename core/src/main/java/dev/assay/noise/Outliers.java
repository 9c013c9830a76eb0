package dev.assay.noise;

import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * Numbers of which some have nothing to do with the prediction f:
 *
 * <pre>p(y | f) = (1 - e_0 - e_+ - e_-) N(y; f, s^2) + e_0 N(y; 0, t^2) + e_+ H(y - f) + e_- H(f - y)</pre>
 *
 * in standardised units, H the half-normal density of scale t: labels that could be anything, and labels that lie on one side of the
 * prediction. t^2 is the mean square of the targets, at least 1.
 *
 * @param deviation s
 * @param broad t
 * @param anywhere e_0
 * @param above e_+
 * @param below e_-
 */
record Outliers(double deviation, double broad, double anywhere, double above, double below) {
    private static final double SMALLEST_DEVIATION = 1e-6;
    private static final double SMALLEST_SHARE = 1e-12;
    private static final double FIRST_SHARE = 0.03;
    private static final int ROUNDS = 200;
    private static final int ROWS = 4096;
    private static final double CLOSE = 1e-7;
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /**
     * What is known of one row.
     *
     * @param logDensity log p(y | f)
     * @param trust posterior probability of the first term
     * @param slope derivative of -log p in f
     * @param terms posterior probability of each of the four terms
     */
    record Posterior(double logDensity, double trust, double slope, double[] terms) {}

    Posterior posterior(double target, double prediction) {
        double residual = target - prediction;
        double[] logs = {
            Math.log(Math.max(SMALLEST_SHARE, 1 - anywhere - above - below)) + logNormal(residual, deviation),
            Math.log(Math.max(SMALLEST_SHARE, anywhere)) + logNormal(target, broad),
            residual > 0
                    ? Math.log(Math.max(SMALLEST_SHARE, above)) + Math.log(2) + logNormal(residual, broad)
                    : Double.NEGATIVE_INFINITY,
            residual < 0
                    ? Math.log(Math.max(SMALLEST_SHARE, below)) + Math.log(2) + logNormal(residual, broad)
                    : Double.NEGATIVE_INFINITY
        };
        double largest = Arrays.stream(logs).max().orElse(0);
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = Math.exp(logs[k] - largest);
            sum += logs[k];
        }
        for (int k = 0; k < logs.length; k++) {
            logs[k] /= sum;
        }
        double slope = -residual * (logs[0] / (deviation * deviation) + (logs[2] + logs[3]) / (broad * broad));
        return new Posterior(largest + Math.log(sum), logs[0], slope, logs);
    }

    private static double logNormal(double residual, double scale) {
        double z = residual / scale;
        return -0.5 * z * z - Math.log(scale) - LOG_ROOT_TWO_PI;
    }

    /**
     * Fits s and the shares by expectation maximisation, from the median residual.
     *
     * @param predictions n x 1, by experts that did not see the row
     */
    static Fitted fit(Matrix predictions, double[] targets, double[] weights, Workers workers) {
        int n = targets.length;
        double[] absolute = new double[n];
        double squares = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            absolute[i] = Math.abs(targets[i] - predictions.get(i, 0));
            squares += weights[i] * targets[i] * targets[i];
            total += weights[i];
        }
        Arrays.sort(absolute);
        // the median absolute residual of a normal distribution is 0.6745 standard deviations
        double deviation = Math.max(SMALLEST_DEVIATION, n == 0 ? 1 : absolute[n / 2] / 0.6745);
        Outliers current =
                new Outliers(deviation, Math.sqrt(Math.max(1, squares / total)), FIRST_SHARE, FIRST_SHARE, FIRST_SHARE);
        for (int round = 0; round < ROUNDS; round++) {
            Outliers next = current.next(predictions, targets, weights, total, workers);
            boolean still = Math.abs(next.deviation - current.deviation) < CLOSE * current.deviation
                    && Math.abs(next.anywhere - current.anywhere) < CLOSE
                    && Math.abs(next.above - current.above) < CLOSE
                    && Math.abs(next.below - current.below) < CLOSE;
            current = next;
            if (still) {
                break;
            }
        }
        return current.judge(predictions, targets, weights);
    }

    /** One step of expectation maximisation. */
    private Outliers next(Matrix predictions, double[] targets, double[] weights, double total, Workers workers) {
        // the four terms, and the squares that the first explains
        double[] sums = workers.reduce(
                targets.length,
                ROWS,
                () -> new double[5],
                (sum, from, to) -> {
                    for (int i = from; i < to; i++) {
                        Posterior posterior = posterior(targets[i], predictions.get(i, 0));
                        double residual = targets[i] - predictions.get(i, 0);
                        for (int k = 0; k < 4; k++) {
                            sum[k] += weights[i] * posterior.terms()[k];
                        }
                        sum[4] += weights[i] * posterior.trust() * residual * residual;
                    }
                },
                (left, right) -> {
                    Dense.add(1, right, left);
                    return left;
                });
        return new Outliers(
                Math.max(SMALLEST_DEVIATION, Math.sqrt(sums[4] / Math.max(SMALLEST_SHARE, sums[0]))),
                broad,
                sums[1] / total,
                sums[2] / total,
                sums[3] / total);
    }

    /** The same shares and s for any rows. */
    Fitted judge(Matrix predictions, double[] targets, double[] weights) {
        int n = targets.length;
        double[] logLikelihoods = new double[n];
        double[] logDensities = new double[n];
        double[] trust = new double[n];
        for (int i = 0; i < n; i++) {
            Posterior posterior = posterior(targets[i], predictions.get(i, 0));
            logLikelihoods[i] = posterior.logDensity();
            logDensities[i] = logNormal(targets[i] - predictions.get(i, 0), deviation);
            trust[i] = posterior.trust();
        }
        return new Fitted(this, targets, predictions, logLikelihoods, logDensities, trust, weights);
    }

    /** These outliers, and what they say of each row. */
    record Fitted(
            Outliers model,
            double[] targets,
            Matrix answers,
            double[] logLikelihoods,
            double[] logDensities,
            double[] trust,
            double[] weights)
            implements LabelNoise {
        @Override
        public double scale() {
            return 1;
        }

        @Override
        public Fitted judge(Matrix said, double scale, Dataset rows) {
            return model.judge(said, ((RealTargets) rows.targets()).values(), rows.weights());
        }

        @Override
        public double share() {
            double wrong = 0;
            double total = 0;
            for (int i = 0; i < trust.length; i++) {
                wrong += weights[i] * (1 - trust[i]);
                total += weights[i];
            }
            return total > 0 ? wrong / total : 0;
        }

        @Override
        public Responses seenThrough() {
            return new Responses.SeenThroughOutliers(targets, model);
        }

        @Override
        public Responses.OfWeightedRows corrected(double sharpness) {
            double[] sharp = trust.clone();
            for (int i = 0; i < sharp.length; i++) {
                double own = Math.pow(sharp[i], sharpness);
                double other = Math.pow(1 - sharp[i], sharpness);
                sharp[i] = own + other > 0 ? own / (own + other) : 0;
            }
            return new Responses.Numbers(targets, sharp);
        }
    }
}
