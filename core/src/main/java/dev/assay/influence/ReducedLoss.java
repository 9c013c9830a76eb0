package dev.assay.influence;

import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;

/**
 * A shift-invariant loss of C logits as a loss of C - 1 coordinates u: z = B u with the orthonormal columns of B spanning
 * the directions in which the logits' sum does not change.
 *
 * <p>Residuals and curvatures have no component along the direction that is left out, and a ridge treats all directions
 * alike; so g_i' H^-1 g_j is the same in both, with a p that is smaller by d.
 */
record ReducedLoss(Loss full, Matrix basis) implements Loss {
    /** The given loss on C - 1 coordinates. */
    static ReducedLoss of(Loss full) {
        int c = full.logits();
        Matrix basis = new Matrix(c, c - 1);
        for (int k = 0; k + 1 < c; k++) {
            // Helmert's contrasts: the mean of the first k + 1 logits against logit k + 1
            double norm = Math.sqrt((k + 1.0) * (k + 2.0));
            for (int a = 0; a <= k; a++) {
                basis.set(a, k, -1 / norm);
            }
            basis.set(k + 1, k, (k + 1) / norm);
        }
        return new ReducedLoss(full, basis);
    }

    @Override
    public int logits() {
        return basis.columns();
    }

    @Override
    public int outputCount() {
        return full.outputCount();
    }

    private double[] lift(double[] u, int offset) {
        double[] z = new double[basis.rows()];
        for (int a = 0; a < z.length; a++) {
            for (int k = 0; k < basis.columns(); k++) {
                z[a] += basis.get(a, k) * u[offset + k];
            }
        }
        return z;
    }

    private void projectVector(double[] vector, double[] out, int outOffset) {
        for (int k = 0; k < basis.columns(); k++) {
            double sum = 0;
            for (int a = 0; a < vector.length; a++) {
                sum += basis.get(a, k) * vector[a];
            }
            out[outOffset + k] = sum;
        }
    }

    /** B' S B. */
    private void projectMatrix(double[] symmetric, double[] out, int outOffset) {
        int c = basis.rows();
        int reduced = basis.columns();
        double[] half = new double[c * reduced];
        for (int a = 0; a < c; a++) {
            for (int b = 0; b < c; b++) {
                double value = symmetric[a * c + b];
                for (int k = 0; k < reduced; k++) {
                    half[a * reduced + k] += value * basis.get(b, k);
                }
            }
        }
        for (int k = 0; k < reduced; k++) {
            for (int m = 0; m < reduced; m++) {
                double sum = 0;
                for (int a = 0; a < c; a++) {
                    sum += basis.get(a, k) * half[a * reduced + m];
                }
                out[outOffset + k * reduced + m] = sum;
            }
        }
    }

    /** B Q B'. */
    private double[] liftMatrix(double[] reducedMatrix, int offset) {
        int c = basis.rows();
        int reduced = basis.columns();
        double[] half = new double[c * reduced];
        for (int a = 0; a < c; a++) {
            for (int k = 0; k < reduced; k++) {
                for (int m = 0; m < reduced; m++) {
                    half[a * reduced + k] += basis.get(a, m) * reducedMatrix[offset + m * reduced + k];
                }
            }
        }
        double[] result = new double[c * c];
        for (int a = 0; a < c; a++) {
            for (int b = 0; b < c; b++) {
                for (int k = 0; k < reduced; k++) {
                    result[a * c + b] += half[a * reduced + k] * basis.get(b, k);
                }
            }
        }
        return result;
    }

    @Override
    public double value(double[] u, int offset, double target) {
        return full.value(lift(u, offset), 0, target);
    }

    @Override
    public void residual(double[] u, int offset, double target, double[] out, int outOffset) {
        double[] residual = new double[basis.rows()];
        full.residual(lift(u, offset), 0, target, residual, 0);
        projectVector(residual, out, outOffset);
    }

    @Override
    public void curvature(double[] u, int offset, double target, double[] out, int outOffset) {
        double[] curvature = new double[basis.rows() * basis.rows()];
        full.curvature(lift(u, offset), 0, target, curvature, 0);
        projectMatrix(curvature, out, outOffset);
    }

    @Override
    public void curvatureDerivative(
            double[] u,
            int offset,
            double target,
            double[] direction,
            int directionOffset,
            double[] out,
            int outOffset) {
        double[] derivative = new double[basis.rows() * basis.rows()];
        full.curvatureDerivative(lift(u, offset), 0, target, lift(direction, directionOffset), 0, derivative, 0);
        projectMatrix(derivative, out, outOffset);
    }

    @Override
    public void curvatureSecondDerivative(
            double[] u, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        double[] second = new double[basis.rows() * basis.rows()];
        full.curvatureSecondDerivative(lift(u, offset), 0, target, liftMatrix(matrix, matrixOffset), 0, second, 0);
        projectMatrix(second, out, outOffset);
    }

    @Override
    public void outputs(double[] u, int offset, double[] out, int outOffset) {
        full.outputs(lift(u, offset), 0, out, outOffset);
    }
}
