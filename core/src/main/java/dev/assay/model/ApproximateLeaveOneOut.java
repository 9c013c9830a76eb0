package dev.assay.model;

import dev.assay.data.Targets;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SmallSystem;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * What each example's logits would be, had the model been fitted without it: one Newton step from the minimiser theta^ of
 * all examples,
 *
 * <pre>theta_(-i) - theta^ = (W H - w_i h_i)^-1 w_i g_i,</pre>
 *
 * evaluated at example i, leverage included (the approximate leave-one-out of the generalised linear model literature;
 * exact for squared error with the ridge's total W lambda kept). O(n p^2 + p^3) time, O(block + p^2) memory for all
 * examples together.
 *
 * @param objective what was minimised
 * @param logits n x C leave-one-out logits
 */
public record ApproximateLeaveOneOut(Objective objective, Matrix logits) {
    private static final int ROWS = 256;

    /**
     * Leave-one-out logits at the minimiser.
     *
     * @param fitted the objective at its minimiser
     */
    public static ApproximateLeaveOneOut of(Linearization fitted, Workers workers) {
        Cholesky factor = Cholesky.factorInPlace(fitted.hessian(workers), workers);
        return of(fitted, factor.inverse(workers), workers);
    }

    /** The same where H^-1, p x p, is at hand. */
    public static ApproximateLeaveOneOut of(Linearization fitted, Matrix inverseHessian, Workers workers) {
        Objective objective = fitted.objective();
        int c = objective.loss().logits();
        Matrix x = objective.data().features();
        double totalWeight = objective.data().totalWeight();
        double[] weights = objective.data().weights();
        List<Matrix> blocks = blocks(inverseHessian, c);
        Matrix result = fitted.logits().copy();
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix leverages = leverages(blocks, c, x, from, to);
            Matrix curvatures = fitted.curvatures(from, to);
            double[] system = new double[c * c];
            double[] residual = new double[c];
            double[] leverage = new double[c * c];
            for (int i = from; i < to; i++) {
                double weight = weights[i] / totalWeight;
                System.arraycopy(leverages.values(), leverages.offset(i - from), leverage, 0, c * c);
                for (int a = 0; a < c; a++) {
                    residual[a] = weight * fitted.residuals().get(i, a);
                    for (int b = 0; b < c; b++) {
                        double product = 0;
                        for (int k = 0; k < c; k++) {
                            product += curvatures.get(i - from, a * c + k) * leverage[k * c + b];
                        }
                        system[a * c + b] = (a == b ? 1 : 0) - weight * product;
                    }
                }
                if (!SmallSystem.solveInPlace(system, residual, c)) {
                    throw new IllegalStateException(
                            "example " + i + " has leverage 1: the fit without it is not defined; use a larger ridge");
                }
                for (int a = 0; a < c; a++) {
                    double shift = Dense.dot(leverage, a * c, residual, 0, c);
                    result.set(i, a, result.get(i, a) + shift);
                }
            }
        });
        return new ApproximateLeaveOneOut(objective, result);
    }

    /**
     * (I (x) x_i') H^-1 (I (x) x_i) of every example: how far each logit moves for a unit pull on each logit, n x C^2,
     * row by row.
     */
    public static Matrix leverages(Matrix inverseHessian, Matrix x, int logits, Workers workers) {
        List<Matrix> blocks = blocks(inverseHessian, logits);
        Matrix result = new Matrix(x.rows(), logits * logits);
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix block = leverages(blocks, logits, x, from, to);
            System.arraycopy(block.values(), 0, result.values(), result.offset(from), block.values().length);
        });
        return result;
    }

    /** The d x d blocks (a, b), b at most a, of the inverse Hessian, row by row of the lower triangle. */
    private static List<Matrix> blocks(Matrix inverse, int c) {
        int d = inverse.rows() / c;
        List<Matrix> blocks = new ArrayList<>();
        for (int a = 0; a < c; a++) {
            for (int b = 0; b <= a; b++) {
                Matrix block = new Matrix(d, d);
                for (int i = 0; i < d; i++) {
                    System.arraycopy(
                            inverse.values(), inverse.offset(a * d + i) + b * d, block.values(), block.offset(i), d);
                }
                blocks.add(block);
            }
        }
        return blocks;
    }

    private static Matrix leverages(List<Matrix> blocks, int c, Matrix x, int from, int to) {
        int d = x.columns();
        Matrix rows = x.selectRows(from, to);
        Matrix result = new Matrix(to - from, c * c);
        int next = 0;
        for (int a = 0; a < c; a++) {
            for (int b = 0; b <= a; b++) {
                Matrix product = new Matrix(to - from, d);
                Dense.multiplyHere(rows, blocks.get(next), product);
                next++;
                for (int i = 0; i < to - from; i++) {
                    double value = Dense.dot(product.values(), product.offset(i), rows.values(), rows.offset(i), d);
                    result.set(i, a * c + b, value);
                    result.set(i, b * c + a, value);
                }
            }
        }
        return result;
    }

    /** The leave-one-out loss of each example, in nats for classification; lower is better. */
    public double[] losses() {
        Targets targets = objective.data().targets();
        double[] result = new double[logits.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = objective.loss().value(logits.values(), logits.offset(i), targets.value(i));
        }
        return result;
    }

    /** The weighted mean of {@link #losses()}: an estimate of the loss on examples that were never seen. */
    public double meanLoss() {
        double[] weights = objective.data().weights();
        return Dense.dot(losses(), weights) / objective.data().totalWeight();
    }
}
