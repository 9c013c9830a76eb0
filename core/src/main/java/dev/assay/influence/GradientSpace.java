package dev.assay.influence;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * All that V and the influences ask of a model: gradients, a block of rows at a time, and a curvature H = R R' that is factored.
 *
 * <p>X(i, j) = -g_j' H^-1 g_i is the rate at which the loss of example j changes when example i gets more weight: negative
 * where i helps j, positive where it harms it. X is symmetric. Gradients are per example, without the example's weight; H is
 * that of the mean loss plus ridge, positive definite. R may be any root, triangular or not: only products u_i' u_j of whitened
 * gradients u_i = R^-1 g_i enter.
 *
 * <p>A model needs to say no more than n, p, weights, rows, whitened rows and solves. A linear predictor, and with it the last
 * layer of any model, is a {@link LinearGradientSpace}; where p is too large for rows, {@link GradientOperators} alone give an
 * estimate of V.
 */
public interface GradientSpace extends GradientOperators {
    /** g_i of the given examples, one row of p values each; without weights. O(rows p). */
    Matrix gradients(int[] examples, Workers workers);

    /** u_i = R^-1 g_i of the examples from (included) to to (excluded), one row of p values each; O(rows p^2) for a dense R. */
    Matrix whitened(int from, int to, Workers workers);

    /** sqrt(w_i) u_i, so that the sum of the outer products is weighted. */
    default Matrix weightedWhitened(int from, int to, Workers workers) {
        Matrix rows = whitened(from, to, workers);
        for (int i = from; i < to; i++) {
            double root = Math.sqrt(weights()[i]);
            int offset = rows.offset(i - from);
            for (int k = offset; k < offset + rows.columns(); k++) {
                rows.values()[k] *= root;
            }
        }
        return rows;
    }

    @Override
    default Matrix combinations(Matrix factors, Workers workers) {
        Matrix transposed = factors.transpose();
        return workers.reduce(
                size(),
                blockRows(),
                () -> new Matrix(factors.rows(), dimension()),
                (sum, from, to) -> Dense.addTransposedProduct(
                        transposed.selectRows(from, to), gradients(range(from, to), workers), 0, to - from, sum),
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
    }

    @Override
    default Matrix products(Matrix vectors, Workers workers) {
        Matrix result = new Matrix(size(), vectors.rows());
        workers.forEachBlock(size(), blockRows(), (from, to) -> {
            Matrix block = Dense.multiplyTransposed(gradients(range(from, to), workers), vectors, workers);
            System.arraycopy(block.values(), 0, result.values(), result.offset(from), block.values().length);
        });
        return result;
    }

    /** X(i, j) for i in {@code rows} and j in {@code columns}; O(rows p^2 + rows columns p) time, O((rows + columns) p) memory. */
    default Matrix influences(int[] rows, int[] columns, Workers workers) {
        Matrix solved = solve(gradients(rows, workers), workers);
        Matrix result = new Matrix(rows.length, columns.length);
        Dense.multiply(
                -1, solved, Dense.Form.AS_IS, gradients(columns, workers), Dense.Form.TRANSPOSED, 0, result, workers);
        return result;
    }

    /**
     * q_i = g_i' H^-1 g_i = -X(i, i) for all i, at least 0: how much example i's loss would fall if it got more weight.
     * Larger = more at odds with the rest. O(n p^2).
     */
    default double[] selfInfluences(Workers workers) {
        double[] result = new double[size()];
        workers.forEachBlock(result.length, blockRows(), (from, to) -> {
            Matrix rows = whitened(from, to, workers);
            for (int i = from; i < to; i++) {
                int at = rows.offset(i - from);
                result[i] = Dense.dot(rows.values(), at, rows.values(), at, rows.columns());
            }
        });
        return result;
    }

    /** Rows of p numbers that make a block of a few megabytes; depends on p alone. */
    private int blockRows() {
        return Math.max(32, Math.min(512, (1 << 20) / Math.max(1, dimension())));
    }

    private static int[] range(int from, int to) {
        int[] result = new int[to - from];
        Arrays.setAll(result, k -> from + k);
        return result;
    }
}
