package dev.assay.influence;

import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * The factored Hessian H = R R' of an objective at a point: factor once, ask for influences many times.
 *
 * <p>X(i, j) = -g_j' H^-1 g_i is the rate at which the loss of example j changes when example i gets more weight: negative
 * where i helps j, positive where it harms it. X is symmetric, so "row" and "column" are the same numbers. Gradients are
 * per example, without the example's weight; H is that of the mean loss plus ridge.
 *
 * <p>What it needs of a model are inputs, residuals and curvatures, never the model's class. Everything happens in the
 * {@link CompactForm}: p = c * min(n, d). Memory O(p^2) beyond the data. Immutable, usable from several threads.
 */
public final class Curvature {
    private final Linearization compact;
    private final Cholesky factor;

    private Curvature(Linearization compact, Cholesky factor) {
        this.compact = compact;
        this.factor = factor;
    }

    /**
     * Forms and factors H; O(n p^2 + p^3).
     *
     * @throws dev.assay.linalg.NotPositiveDefiniteException if H is singular, which a ridge above 0 rules out
     */
    public static Curvature of(Linearization at, Workers workers) {
        Linearization compact = CompactForm.of(at, workers);
        return new Curvature(compact, Cholesky.factorInPlace(compact.hessian(workers), workers));
    }

    /** The linearised objective in the coordinates that the factor lives in. */
    public Linearization compact() {
        return compact;
    }

    /** R with H = R R', of order p = c * min(n, d). */
    public Cholesky factor() {
        return factor;
    }

    /** n. */
    public int size() {
        return compact.objective().data().size();
    }

    /** X(i, j); O(p^2). */
    public double influence(int i, int j) {
        return -Dense.dot(Gradients.of(compact, j), factor.solve(Gradients.of(compact, i)));
    }

    /** X(i, j) for all j: what more weight for example i does to each example's loss; n values, O(p^2 + n p). */
    public double[] row(int i, Workers workers) {
        return product(factor.solve(Gradients.of(compact, i)), workers);
    }

    /** X(i, j) for all i: what more weight for each example does to the loss of example j; n values, O(p^2 + n p). */
    public double[] column(int j, Workers workers) {
        return row(j, workers);
    }

    /** -g_j' v for all j. */
    private double[] product(double[] v, Workers workers) {
        Matrix residuals = compact.residuals();
        int c = residuals.columns();
        Matrix x = compact.objective().data().features();
        Matrix changes = Dense.multiplyTransposed(x, new Matrix(c, x.columns(), v), workers);
        double[] result = new double[x.rows()];
        for (int j = 0; j < result.length; j++) {
            result[j] = -Dense.dot(residuals.values(), residuals.offset(j), changes.values(), changes.offset(j), c);
        }
        return result;
    }

    /**
     * X(i, j) for i in [rowFrom, rowTo) and j in [columnFrom, columnTo), one row per i; O(rows p^2 + rows columns p) time,
     * O((rows + columns) p) memory.
     */
    public Matrix block(int rowFrom, int rowTo, int columnFrom, int columnTo, Workers workers) {
        Matrix left = Gradients.rows(compact, rowFrom, rowTo);
        factor.solveRows(left, workers);
        Matrix result = new Matrix(rowTo - rowFrom, columnTo - columnFrom);
        Dense.multiply(
                -1,
                left,
                Dense.Form.AS_IS,
                Gradients.rows(compact, columnFrom, columnTo),
                Dense.Form.TRANSPOSED,
                0,
                result,
                workers);
        return result;
    }

    /**
     * q_i = g_i' H^-1 g_i = -X(i, i) for all i, at least 0: how much example i's loss would fall if it got more weight.
     * Larger = more at odds with the rest. O(n p^2).
     */
    public double[] selfInfluence(Workers workers) {
        double[] result = new double[size()];
        int blockRows = blockRows();
        workers.forEachBlock(result.length, blockRows, (from, to) -> {
            Matrix rows = Gradients.rows(compact, from, to);
            factor.halfSolveRows(rows, workers);
            for (int i = from; i < to; i++) {
                int at = rows.offset(i - from);
                result[i] = Dense.dot(rows.values(), at, rows.values(), at, rows.columns());
            }
        });
        return result;
    }

    /** Rows of p numbers that make a block of a few megabytes; depends on p alone. */
    private int blockRows() {
        return Math.max(32, Math.min(512, (1 << 20) / Math.max(1, factor.order())));
    }
}
