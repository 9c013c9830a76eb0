package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.learn.Learner;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What experts are trained towards: the loss of a row given what an expert says of it, and its derivative. */
interface Responses {
    /**
     * The loss of one row, in nats up to a constant; lower = better explained.
     *
     * @param row its index
     * @param said holds the expert's log-probabilities of the C classes, or its prediction, from {@code at} on; the derivative of
     *     the loss in the expert's logits, or in its prediction, is written over them
     * @param probabilities the C probabilities themselves; only to be read, and not for real targets
     */
    double respond(int row, double[] said, int at, double[] probabilities);

    /** All labels taken for right. */
    static OfWeightedRows asTheyAre(Dataset data) {
        if (data.targets() instanceof ClassTargets classes) {
            return new Labels(classes.codes());
        }
        double[] all = new double[data.size()];
        Arrays.fill(all, 1);
        return new Numbers(((RealTargets) data.targets()).values(), all);
    }

    /** Those that can be had by nothing but labels and weights, so that any learner can be trained towards them. */
    interface OfWeightedRows extends Responses {
        /**
         * Data on which a learner's loss is the sum of these.
         *
         * @param data all rows
         * @param rows those that shall take part; each may come several times, with different labels
         */
        Dataset weighted(Dataset data, int[] rows);
    }

    /** Labels as they are: -log q(y). */
    record Labels(int[] codes) implements OfWeightedRows {
        @Override
        public Dataset weighted(Dataset data, int[] rows) {
            return data.select(Learner.positive(rows, data.weights()));
        }

        @Override
        public double respond(int row, double[] said, int at, double[] probabilities) {
            double loss = -said[at + codes[row]];
            System.arraycopy(probabilities, 0, said, at, probabilities.length);
            said[at + codes[row]] -= 1;
            return loss;
        }
    }

    /**
     * Soft labels: -sum_c r_c log q_c.
     *
     * @param shares r, n x C, rows that add up to 1
     */
    record SoftLabels(Matrix shares) implements OfWeightedRows {
        /** Each row once for each class, with weight w_i r_ic. */
        @Override
        public Dataset weighted(Dataset data, int[] rows) {
            int classes = shares.columns();
            int[] pairs = IntStream.of(rows)
                    .flatMap(i -> IntStream.range(i * classes, (i + 1) * classes))
                    .filter(pair -> weight(data, pair) > Learner.SMALLEST_WEIGHT)
                    .toArray();
            int[] repeated = IntStream.of(pairs).map(pair -> pair / classes).toArray();
            return new Dataset(
                            data.features().selectRows(repeated),
                            new ClassTargets(
                                    IntStream.of(pairs)
                                            .map(pair -> pair % classes)
                                            .toArray(),
                                    ((ClassTargets) data.targets()).names()),
                            IntStream.of(pairs)
                                    .mapToDouble(pair -> weight(data, pair))
                                    .toArray(),
                            IntStream.of(repeated).map(i -> data.rows()[i]).toArray(),
                            data.featureNames())
                    .withGroups(data.groups(repeated));
        }

        private double weight(Dataset data, int pair) {
            return data.weights()[pair / shares.columns()] * shares.values()[pair];
        }

        @Override
        public double respond(int row, double[] said, int at, double[] probabilities) {
            int from = shares.offset(row);
            double[] r = shares.values();
            double loss = 0;
            for (int c = 0; c < probabilities.length; c++) {
                loss -= r[from + c] * said[at + c];
                said[at + c] = probabilities[c] - r[from + c];
            }
            return loss;
        }
    }

    /**
     * Labels seen through transitions: -log sum_c q_c T(c, y), so that an expert is trained towards the true classes. The derivative is
     * q - r with r the posterior of the true class, r_c in proportion to q_c T(c, y) (Patrini and others 2017, forward correction).
     *
     * @param byLabel T', C x C: row y holds T(c, y) for all c
     */
    record SeenThrough(Matrix byLabel, int[] codes) implements Responses {
        private static final double FLOOR = 1e-300;

        @Override
        public double respond(int row, double[] said, int at, double[] probabilities) {
            int from = byLabel.offset(codes[row]);
            double[] t = byLabel.values();
            double sum = FLOOR;
            for (int c = 0; c < probabilities.length; c++) {
                sum += probabilities[c] * t[from + c];
            }
            for (int c = 0; c < probabilities.length; c++) {
                said[at + c] = probabilities[c] - probabilities[c] * t[from + c] / sum;
            }
            return -Math.log(sum);
        }
    }

    /**
     * Numbers, each with a weight of its own: w (f - y)^2 / 2.
     *
     * @param trust w, from 0 to 1
     */
    record Numbers(double[] targets, double[] trust) implements OfWeightedRows {
        @Override
        public Dataset weighted(Dataset data, int[] rows) {
            int[] worth = IntStream.of(rows)
                    .filter(i -> data.weights()[i] * trust[i] > Learner.SMALLEST_WEIGHT)
                    .toArray();
            return data.select(worth)
                    .withWeights(IntStream.of(worth)
                            .mapToDouble(i -> data.weights()[i] * trust[i])
                            .toArray());
        }

        @Override
        public double respond(int row, double[] said, int at, double[] probabilities) {
            double residual = said[at] - targets[row];
            said[at] = trust[row] * residual;
            return 0.5 * trust[row] * residual * residual;
        }
    }

    /**
     * Numbers of which some are outliers: -s^2 log p(y | f), so that a residual that is certainly no outlier counts as a square.
     *
     * @param noise p
     */
    record SeenThroughOutliers(double[] targets, Outliers noise) implements Responses {
        @Override
        public double respond(int row, double[] said, int at, double[] probabilities) {
            double squared = noise.deviation() * noise.deviation();
            Outliers.Posterior posterior = noise.posterior(targets[row], said[at]);
            said[at] = squared * posterior.slope();
            return -squared * posterior.logDensity();
        }
    }
}
