package dev.assay.model;

import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Dense.Form;
import dev.assay.linalg.KroneckerSum;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * An {@link Objective} at one point theta: the factors from which value, gradient and Hessian follow.
 *
 * <p>The gradient of example i is g_i = r_i (x) x_i, its Hessian h_i = Lambda_i (x) x_i x_i'. Neither is stored: inputs,
 * logits (n x C) and residuals (n x C) are. Immutable.
 */
public final class Linearization {
    private static final int ROWS = 256;

    private final Objective objective;
    private final double[] theta;
    private final Matrix logits;
    private final Matrix residuals;
    private final double value;

    private Linearization(Objective objective, double[] theta, Matrix logits, Matrix residuals, double value) {
        this.objective = objective;
        this.theta = theta;
        this.logits = logits;
        this.residuals = residuals;
        this.value = value;
    }

    static Linearization of(Objective objective, double[] theta, Workers workers) {
        int logitCount = objective.loss().logits();
        int d = objective.data().dimension();
        if (theta.length != objective.parameters()) {
            throw new IllegalArgumentException(
                    "theta has " + theta.length + " entries, expected " + objective.parameters());
        }
        Matrix x = objective.data().features();
        Matrix logits = product(x, new Matrix(logitCount, d, theta), workers);
        Matrix residuals = new Matrix(x.rows(), logitCount);
        Loss loss = objective.loss();
        Targets targets = objective.data().targets();
        double[] weights = objective.data().weights();
        double sum = workers.reduce(
                        x.rows(),
                        ROWS,
                        () -> new double[1],
                        (total, from, to) -> {
                            for (int i = from; i < to; i++) {
                                int at = logits.offset(i);
                                double target = targets.value(i);
                                loss.residual(logits.values(), at, target, residuals.values(), at);
                                if (weights[i] > 0) {
                                    total[0] += weights[i] * loss.value(logits.values(), at, target);
                                }
                            }
                        },
                        (left, right) -> {
                            left[0] += right[0];
                            return left;
                        })[0];
        double value = sum / objective.data().totalWeight() + objective.ridge() / 2 * Dense.dot(theta, theta);
        return new Linearization(objective, theta.clone(), logits, residuals, value);
    }

    /** X B' by row blocks, n x (rows of B): each block's result does not depend on the others. */
    private static Matrix product(Matrix x, Matrix parameters, Workers workers) {
        Matrix result = new Matrix(x.rows(), parameters.rows());
        Dense.multiply(1, x, Form.AS_IS, parameters, Form.TRANSPOSED, 0, result, workers);
        return result;
    }

    /** The objective that was evaluated. */
    public Objective objective() {
        return objective;
    }

    /** A copy of theta, p values. */
    public double[] theta() {
        return theta.clone();
    }

    /** Z = X Theta', n x C. */
    public Matrix logits() {
        return logits;
    }

    /** r_i = dl_i/dz, n x C; without the weights. */
    public Matrix residuals() {
        return residuals;
    }

    /** L(theta), in nats for classification. */
    public double value() {
        return value;
    }

    /** l_i, n values, in nats for classification; without weights and ridge. */
    public double[] losses() {
        double[] result = new double[logits.rows()];
        Targets targets = objective.data().targets();
        for (int i = 0; i < result.length; i++) {
            result[i] = objective.loss().value(logits.values(), logits.offset(i), targets.value(i));
        }
        return result;
    }

    /** (1/W) sum w_i l_i, in nats for classification; without the ridge. */
    public double meanLoss() {
        return Dense.dot(losses(), objective.data().weights())
                / objective.data().totalWeight();
    }

    /** Lambda of examples from (included) to to (excluded): one row of C * C values each. */
    public Matrix curvatures(int from, int to) {
        int c = objective.loss().logits();
        Matrix result = new Matrix(to - from, c * c);
        for (int i = from; i < to; i++) {
            objective
                    .loss()
                    .curvature(
                            logits.values(),
                            logits.offset(i),
                            objective.data().targets().value(i),
                            result.values(),
                            result.offset(i - from));
        }
        return result;
    }

    /** (1/W) sum w_i Lambda_i, C x C; O(n C^2). */
    public Matrix meanCurvature(Workers workers) {
        int c = objective.loss().logits();
        double[] weights = objective.data().weights();
        Matrix result = workers.reduce(
                logits.rows(),
                ROWS,
                () -> new Matrix(c, c),
                (sum, from, to) -> {
                    objective.loss().addCurvatures(logits, objective.data().targets(), weights, from, to, sum);
                },
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        double total = objective.data().totalWeight();
        Arrays.setAll(result.values(), k -> result.values()[k] / total);
        return result;
    }

    /** dL/dtheta = (1/W) sum w_i r_i (x) x_i + ridge theta, p values; O(n p). */
    public double[] gradient(Workers workers) {
        double[] gradient = weightedInputSum(residuals, workers);
        Dense.add(objective.ridge(), theta, gradient);
        return gradient;
    }

    /** (1/W) sum w_i a_i (x) x_i for n vectors a_i of C values. */
    private double[] weightedInputSum(Matrix factors, Workers workers) {
        Matrix x = objective.data().features();
        int c = factors.columns();
        int d = x.columns();
        double[] weights = objective.data().weights();
        double scale = 1 / objective.data().totalWeight();
        return workers.reduce(
                        x.rows(),
                        ROWS,
                        () -> new Matrix(c, d),
                        (sum, from, to) -> {
                            Matrix scaled = new Matrix(to - from, c);
                            for (int i = from; i < to; i++) {
                                for (int k = 0; k < c; k++) {
                                    scaled.set(i - from, k, weights[i] * scale * factors.get(i, k));
                                }
                            }
                            Dense.addTransposedProduct(scaled, x, from, to, sum);
                        },
                        (left, right) -> {
                            Dense.add(1, right.values(), left.values());
                            return left;
                        })
                .values();
    }

    /** H = (1/W) sum w_i h_i + ridge I, p x p; O(n p^2) time, O(block + p^2) memory. */
    public Matrix hessian(Workers workers) {
        double[] weights = objective.data().weights();
        double scale = 1 / objective.data().totalWeight();
        Matrix result = KroneckerSum.of(
                objective.data().features(),
                objective.loss().logits(),
                (from, to) -> {
                    Matrix block = curvatures(from, to);
                    double[] values = block.values();
                    int width = block.columns();
                    for (int i = 0; i < values.length; i++) {
                        values[i] *= weights[from + i / width] * scale;
                    }
                    return block;
                },
                workers);
        result.addToDiagonal(objective.ridge());
        return result;
    }

    /** H v, p values, without H; O(n p). */
    public double[] hessianProduct(double[] v, Workers workers) {
        return hessianProducts(new Matrix(1, v.length, v), workers).values();
    }

    /** H v for every row v of {@code directions}, without H; O(n p) each, in one pass over the data for all. */
    public Matrix hessianProducts(Matrix directions, Workers workers) {
        Matrix x = objective.data().features();
        Targets targets = objective.data().targets();
        double[] weights = objective.data().weights();
        double scale = 1 / objective.data().totalWeight();
        int count = directions.rows();
        int width = count * objective.loss().logits();
        Matrix columns = new Matrix(width, x.columns(), directions.values()).transpose();
        Matrix sum = workers.reduce(
                x.rows(),
                ROWS,
                () -> new Matrix(width, x.columns()),
                (total, from, to) -> {
                    Matrix changes = new Matrix(to - from, width);
                    Dense.multiplyRows(x, from, to, columns, 0, changes);
                    double[] values = changes.values();
                    for (int i = from; i < to; i++) {
                        int at = changes.offset(i - from);
                        objective
                                .loss()
                                .curve(
                                        logits.values(),
                                        logits.offset(i),
                                        targets.value(i),
                                        residuals.values(),
                                        residuals.offset(i),
                                        values,
                                        at,
                                        count);
                        double weight = weights[i] * scale;
                        for (int k = at; k < at + width; k++) {
                            values[k] *= weight;
                        }
                    }
                    Dense.addTransposedProduct(changes, x, from, to, total);
                },
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        Matrix result = new Matrix(count, directions.columns(), sum.values());
        Dense.add(objective.ridge(), directions.values(), result.values());
        return result;
    }

    /** The diagonal of H, p values; O(n p). */
    public double[] hessianDiagonal(Workers workers) {
        Matrix x = objective.data().features();
        int c = objective.loss().logits();
        int d = x.columns();
        double[] weights = objective.data().weights();
        double scale = 1 / objective.data().totalWeight();
        double[] result = workers.reduce(
                x.rows(),
                ROWS,
                () -> new double[c * d],
                (sum, from, to) -> {
                    Matrix block = curvatures(from, to);
                    for (int i = from; i < to; i++) {
                        for (int a = 0; a < c; a++) {
                            double factor = weights[i] * scale * block.get(i - from, a * c + a);
                            int at = x.offset(i);
                            for (int j = 0; j < d; j++) {
                                double feature = x.values()[at + j];
                                sum[a * d + j] += factor * feature * feature;
                            }
                        }
                    }
                },
                (left, right) -> {
                    Dense.add(1, right, left);
                    return left;
                });
        for (int j = 0; j < result.length; j++) {
            result[j] += objective.ridge();
        }
        return result;
    }
}
