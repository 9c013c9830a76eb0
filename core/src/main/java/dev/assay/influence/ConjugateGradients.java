package dev.assay.influence;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * The gradients of a linear predictor, and H^-1 times several vectors without H: conjugate gradients for each of them, side by side, so that one pass over the data
 * serves all. Preconditioned by the diagonal of H, which is close to H where the features are uncorrelated (as principal
 * components are) and the classes many.
 *
 * <p>Stops when the residual of each, in the Euclidean norm, is at most {@code tolerance} times its right-hand side, or after
 * {@code iterationLimit} passes of O(n p) a vector. What is solved of H^-1 b is on the small side: b' H^-1 b grows towards its
 * value from below.
 *
 * <p>Gradients come from inputs and residuals, see {@link LinearGradients}; memory O(n C + p) beyond the data and the vectors.
 */
public final class ConjugateGradients extends LinearGradients {
    private final double tolerance;
    private final int iterationLimit;
    private final double[] diagonal;

    private ConjugateGradients(Linearization at, double tolerance, int iterationLimit, double[] diagonal) {
        super(at);
        this.tolerance = tolerance;
        this.iterationLimit = iterationLimit;
        this.diagonal = diagonal;
    }

    /**
     * For a linear predictor; O(n p).
     *
     * @param tolerance relative residual
     * @param iterationLimit passes over the data at the most
     */
    public static ConjugateGradients of(Linearization at, double tolerance, int iterationLimit, Workers workers) {
        return new ConjugateGradients(at, tolerance, iterationLimit, at.hessianDiagonal(workers));
    }

    /** O(passes n p) a row, five times its memory. */
    @Override
    public Matrix solve(Matrix rightHandSides, Workers workers) {
        int count = rightHandSides.rows();
        int p = rightHandSides.columns();
        Matrix solved = new Matrix(count, p);
        Matrix residual = rightHandSides.copy();
        Matrix search = new Matrix(count, p);
        double[] product = new double[count];
        double[] limit = new double[count];
        boolean[] done = new boolean[count];
        for (int k = 0; k < count; k++) {
            limit[k] = tolerance * norm(residual, k);
            done[k] = norm(residual, k) <= limit[k];
            product[k] = advance(residual, search, k, 0);
        }
        for (int iteration = 0; iteration < iterationLimit && isOpen(done); iteration++) {
            Matrix curved = linearization().hessianProducts(search, workers);
            for (int k = 0; k < count; k++) {
                if (done[k]) {
                    continue;
                }
                int row = search.offset(k);
                double length = product[k] / Dense.dot(search.values(), row, curved.values(), row, p);
                for (int j = row; j < row + p; j++) {
                    solved.values()[j] += length * search.values()[j];
                    residual.values()[j] -= length * curved.values()[j];
                }
                done[k] = norm(residual, k) <= limit[k];
                if (!done[k]) {
                    product[k] = advance(residual, search, k, product[k]);
                }
            }
        }
        return solved;
    }

    /** The next direction of one vector; returns r' D^-1 r, whose value before was {@code last}, 0 at the beginning. */
    private double advance(Matrix residual, Matrix search, int k, double last) {
        int row = residual.offset(k);
        double product = 0;
        for (int j = 0; j < diagonal.length; j++) {
            double value = residual.values()[row + j];
            product += value * value / diagonal[j];
        }
        double ratio = last > 0 ? product / last : 0;
        for (int j = 0; j < diagonal.length; j++) {
            search.values()[row + j] = residual.values()[row + j] / diagonal[j] + ratio * search.values()[row + j];
        }
        return product;
    }

    private static boolean isOpen(boolean[] done) {
        for (boolean one : done) {
            if (!one) {
                return true;
            }
        }
        return false;
    }

    private static double norm(Matrix rows, int k) {
        int row = rows.offset(k);
        return Math.sqrt(Dense.dot(rows.values(), row, rows.values(), row, rows.columns()));
    }
}
