package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/** How much each example has to do with the spread of the influences. */
public final class RowVariance {
    private static final int ROWS = 512;

    private RowVariance() {}

    /**
     * Each example's share of the second moment: w_i sum_{j != i} w_j X(i, j)^2, plus (w_i^2 - a_i) X(i, i)^2 for the copies
     * that a weight above 1 stands for, over its sum, so that the shares add up to 1. Larger = the example influences others more,
     * in either direction. Without the n x n matrix, from u_i' B u_i - q_i^2; O(n p^2).
     *
     * @return n values, at least 0 up to rounding
     */
    public static double[] shares(GradientSpace space, Workers workers) {
        double[] weights = space.weights();
        PairSums sums = PairSums.of(space, workers);
        double squares = sums.squares();
        Matrix outer = sums.outer();
        double[] result = new double[weights.length];
        workers.forEachBlock(weights.length, ROWS, (from, to) -> {
            Matrix rows = space.whitened(from, to, workers);
            Matrix products = new Matrix(to - from, rows.columns());
            Dense.multiplyRows(rows, 0, to - from, outer, 0, products);
            for (int i = from; i < to; i++) {
                int offset = rows.offset(i - from);
                double self = Dense.dot(rows.values(), offset, rows.values(), offset, rows.columns());
                double all = Dense.dot(rows.values(), offset, products.values(), offset, rows.columns());
                result[i] = (weights[i] * all - PairWeights.selfPairs(weights[i]) * self * self) / squares;
            }
        });
        return result;
    }
}
