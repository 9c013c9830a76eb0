package dev.assay.influence;

import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * The gradient space of a linear predictor z_i = Theta x_i with its Hessian H = R R' factored once: g_i = r_i (x) x_i and
 * h_i = Lambda_i (x) x_i x_i', with r_i and Lambda_i the first and second derivative of the loss along the outputs z_i.
 *
 * <p>The last layer of any other model is the same: with x_i its hidden features (n x d, a 1 for the bias among them) and Theta the
 * last layer's weights the outputs, residuals and curvatures are the model's own, and the gradient along Theta is r_i (x) x_i
 * again. So a network's penultimate layer, or the leaves of boosted trees as columns of zeros and ones, go in as {@link
 * dev.assay.data.Dataset#withFeatures features}; a last layer that was not trained to its minimum under the ridge may, since nothing
 * here rests on the gradients adding up to 0.
 *
 * <p>Everything happens in the {@link CompactForm}: p = c * min(n, d). Memory O(p^2) beyond the data. Immutable, usable from
 * several threads.
 */
public final class LinearGradientSpace extends LinearGradients implements GradientSpace {
    private final Cholesky factor;

    private LinearGradientSpace(Linearization compact, Cholesky factor) {
        super(compact);
        this.factor = factor;
    }

    /**
     * Forms and factors H; O(n p^2 + p^3).
     *
     * @throws dev.assay.linalg.NotPositiveDefiniteException if H is singular, which a ridge above 0 rules out
     */
    public static LinearGradientSpace of(Linearization at, Workers workers) {
        Linearization compact = CompactForm.of(at, workers);
        return new LinearGradientSpace(compact, Cholesky.factorInPlace(compact.hessian(workers), workers));
    }

    /** The same at the parameters that were fitted. */
    public static LinearGradientSpace of(Fit fit, Workers workers) {
        return of(fit.objective().at(fit.model().theta(), workers), workers);
    }

    /** The linearised objective in the coordinates that the factor lives in. */
    public Linearization compact() {
        return linearization();
    }

    /** R with H = R R', lower triangular, of order p = c * min(n, d). */
    public Cholesky factor() {
        return factor;
    }

    @Override
    public Matrix gradients(int[] examples, Workers workers) {
        Matrix rows = new Matrix(examples.length, dimension());
        for (int k = 0; k < examples.length; k++) {
            writeGradient(examples[k], 1, rows, k);
        }
        return rows;
    }

    /** g_i, p values. */
    public double[] gradient(int example) {
        Matrix row = new Matrix(1, dimension());
        writeGradient(example, 1, row, 0);
        return row.values();
    }

    @Override
    public Matrix whitened(int from, int to, Workers workers) {
        Matrix rows = new Matrix(to - from, dimension());
        for (int i = from; i < to; i++) {
            writeGradient(i, 1, rows, i - from);
        }
        factor.halfSolveRows(rows, workers);
        return rows;
    }

    /** The root goes to the residuals: C multiplications a row instead of p. */
    @Override
    public Matrix weightedWhitened(int from, int to, Workers workers) {
        Matrix rows = new Matrix(to - from, dimension());
        for (int i = from; i < to; i++) {
            writeGradient(i, Math.sqrt(weights()[i]), rows, i - from);
        }
        factor.halfSolveRows(rows, workers);
        return rows;
    }

    @Override
    public Matrix solve(Matrix vectors, Workers workers) {
        Matrix solved = vectors.copy();
        factor.solveRows(solved, workers);
        return solved;
    }
}
