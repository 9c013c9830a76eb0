package dev.assay.potential.linear;

import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * W / (W - w_i) (H - w_i h_i / W), the Hessian of the mean loss without example i up to a ridge that is larger by the
 * factor W / (W - w_i), as a correction of rank C of the factor of H (Woodbury).
 */
final class ReducedCurvature {
    private final Cholesky factor;
    /** H^-1 F, one row of p values per logit, where F = I (x) x_i. */
    private final Matrix solved;

    private final double[] inputs;
    /** Omega = L (I - F' H^-1 F L)^-1 with L = w_i Lambda_i / W, c x c. */
    private final double[] correction;

    private final double scale;

    private ReducedCurvature(Cholesky factor, Matrix solved, double[] inputs, double[] correction, double scale) {
        this.factor = factor;
        this.solved = solved;
        this.inputs = inputs;
        this.correction = correction;
        this.scale = scale;
    }

    static ReducedCurvature without(LinearGradientSpace space, int i, Workers workers) {
        Linearization at = space.compact();
        Matrix x = at.objective().data().features();
        int d = x.columns();
        int c = at.residuals().columns();
        double total = at.objective().data().totalWeight();
        double weight = at.objective().data().weights()[i];
        double[] inputs = x.row(i);
        Matrix solved = new Matrix(c, c * d);
        for (int a = 0; a < c; a++) {
            System.arraycopy(inputs, 0, solved.values(), solved.offset(a) + a * d, d);
        }
        space.factor().solveRows(solved, workers);
        double[] form = new double[c * c];
        for (int a = 0; a < c; a++) {
            for (int b = 0; b < c; b++) {
                form[a * c + b] = Dense.dot(solved.values(), solved.offset(a) + b * d, inputs, 0, d);
            }
        }
        double[] scaled = at.curvatures(i, i + 1).values().clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= weight / total;
        }
        return new ReducedCurvature(
                space.factor(), solved, inputs, SmallMatrices.removal(scaled, form, c), (total - weight) / total);
    }

    /** The inverse times {@code b}; O(p^2). */
    double[] solve(double[] b) {
        double[] result = factor.solve(b);
        int d = inputs.length;
        int c = solved.rows();
        double[] projected = new double[c];
        for (int a = 0; a < c; a++) {
            projected[a] = Dense.dot(inputs, 0, result, a * d, d);
        }
        for (int a = 0; a < c; a++) {
            double coefficient = Dense.dot(correction, a * c, projected, 0, c);
            int row = solved.offset(a);
            for (int k = 0; k < result.length; k++) {
                result[k] += coefficient * solved.values()[row + k];
            }
        }
        for (int k = 0; k < result.length; k++) {
            result[k] *= scale;
        }
        return result;
    }
}
