package dev.assay.route;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rows whose block is known to the test and told to the router only by how well each expert explains the label.
 *
 * @param problem what routers see
 * @param blocks 0 to K - 1 of each row
 */
record RoutingProblems(RoutingProblem problem, int[] blocks) {
    private static final int FOLDS = 4;
    private static final int CLASSES = 6;
    /** Each expert expects a class of its own; the label is that of the row's block with this probability, else any. */
    private static final double SURE = 0.9;

    /** Where rows of a block lie. */
    @FunctionalInterface
    interface Place {
        void fill(SplittableRandom random, int block, double[] x);
    }

    /** Rows of a block around a corner of its own, {@code apart} from the others; 0 apart: x is noise. */
    static Place corners(double apart) {
        return (random, block, x) -> {
            for (int j = 0; j < x.length; j++) {
                x[j] = random.nextGaussian() + (j == block ? apart : 0);
            }
        };
    }

    /** Block 0 inside of a ring that is block 1: no plane divides them. */
    static Place ring() {
        return (random, block, x) -> {
            double length = 0;
            for (int j = 0; j < x.length; j++) {
                x[j] = random.nextGaussian();
                length += x[j] * x[j];
            }
            double radius = (block == 0 ? 1 : 3) * (0.8 + 0.4 * random.nextDouble());
            for (int j = 0; j < x.length; j++) {
                x[j] *= radius / Math.sqrt(length);
            }
        };
    }

    static RoutingProblems of(int n, double[] shares, Place place, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int blocks = shares.length;
        int d = Math.max(3, blocks);
        Matrix x = new Matrix(n, d + 1);
        Matrix logLikelihoods = new Matrix(n, blocks);
        Matrix responsibilities = new Matrix(n, blocks);
        int[] truth = new int[n];
        double[] row = new double[d];
        for (int i = 0; i < n; i++) {
            double u = random.nextDouble();
            while (truth[i] < blocks - 1 && u > shares[truth[i]]) {
                u -= shares[truth[i]];
                truth[i]++;
            }
            place.fill(random, truth[i], row);
            System.arraycopy(row, 0, x.values(), x.offset(i), d);
            x.set(i, d, 1);
            int[] expected = random.ints(blocks, 0, CLASSES).toArray();
            int label = random.nextDouble() < SURE ? expected[truth[i]] : random.nextInt(CLASSES);
            double sum = 0;
            for (int k = 0; k < blocks; k++) {
                double explained = (1 - SURE) / CLASSES + (expected[k] == label ? SURE : 0);
                logLikelihoods.set(i, k, Math.log(explained));
                responsibilities.set(i, k, shares[k] * explained);
                sum += shares[k] * explained;
            }
            for (int k = 0; k < blocks; k++) {
                responsibilities.set(i, k, responsibilities.get(i, k) / sum);
            }
        }
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        ContentOrder order = order(x);
        return new RoutingProblems(
                new RoutingProblem(
                        x, responsibilities, weights, logLikelihoods, order.assign(FOLDS, seed), FOLDS, order, seed),
                truth);
    }

    /** The rows of the given indices, in that order, with the given weights, each in the fold that it was in. */
    RoutingProblem selected(int[] rows, double[] weights) {
        Matrix x = problem.features().selectRows(rows);
        return new RoutingProblem(
                x,
                problem.responsibilities().selectRows(rows),
                weights,
                problem.expertLogLikelihoods().selectRows(rows),
                Arrays.stream(rows).map(i -> problem.folds()[i]).toArray(),
                problem.foldCount(),
                order(x),
                problem.seed());
    }

    private static ContentOrder order(Matrix x) {
        try (Workers workers = Workers.of(1)) {
            return ContentOrder.of(Dataset.of(x, new RealTargets(new double[x.rows()], 0, 1)), workers);
        }
    }
}
