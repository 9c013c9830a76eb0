package dev.assay.model;

import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Minimises (1/W) sum w_i l_i(theta) + (ridge/2) |theta - centre|^2: a ridge that pulls towards the parameters of another
 * model, from which a small block borrows strength; towards 0 where there is no other.
 *
 * <p>Newton's method with backtracking; the step comes from conjugate gradients, preconditioned by the diagonal of H, and
 * is as exact as the gradient is small. One product with H passes once over the data, O(n p), with the probabilities kept.
 * Meant for many fits down a path of ridges, each started from the one before. Stops when the Euclidean norm of the
 * gradient is at most {@code gradientNorm}.
 *
 * @param gradientNorm stopping tolerance
 * @param iterationLimit Newton steps at the most
 * @param productLimit products with H at the most in one step
 */
public record CentredRidgeTrainer(double gradientNorm, int iterationLimit, int productLimit) {
    private static final int ROWS = 256;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SHORTEST_STEP = 1e-6;
    private static final double LARGEST_RESIDUAL = 0.1;

    /** At most 50 steps of at most 200 products. */
    public CentredRidgeTrainer(double gradientNorm) {
        this(gradientNorm, 50, 200);
    }

    /**
     * The minimiser, p values.
     *
     * @param centre towards which the ridge pulls, p values; 0 if null
     * @param start parameters to start from, not written to; the centre if null
     */
    public double[] fit(Objective objective, double @Nullable [] centre, double @Nullable [] start, Workers workers) {
        Problem problem = new Problem(objective, centre == null ? new double[objective.parameters()] : centre, workers);
        Point current = problem.at(start == null ? problem.centre : start);
        for (int iteration = 0; iteration < iterationLimit; iteration++) {
            double norm = norm(current.gradient);
            if (norm <= gradientNorm * Math.min(1, Math.sqrt(current.value))) {
                break;
            }
            double[] step = step(problem, current, norm);
            double slope = Dense.dot(current.gradient, step);
            double length = 1;
            Point next = problem.along(current, step, length);
            while (!(next.value <= current.value + SUFFICIENT_DECREASE * length * slope) && length > SHORTEST_STEP) {
                length /= 2;
                next = problem.along(current, step, length);
            }
            if (!(next.value < current.value)) {
                // rounding allows no further descent
                break;
            }
            current = next;
        }
        return current.theta.clone();
    }

    /** About -H^-1 g. */
    private double[] step(Problem problem, Point current, double norm) {
        double[] diagonal = problem.diagonal(current);
        double tolerance = Math.min(LARGEST_RESIDUAL, Math.sqrt(norm)) * norm;
        int p = diagonal.length;
        double[] step = new double[p];
        double[] residual = new double[p];
        double[] search = new double[p];
        double product = 0;
        for (int j = 0; j < p; j++) {
            residual[j] = -current.gradient[j];
            search[j] = residual[j] / diagonal[j];
            product += residual[j] * search[j];
        }
        for (int k = 0; k < productLimit && norm(residual) > tolerance; k++) {
            double[] curved = problem.hessianProduct(current, search);
            double length = product / Dense.dot(search, curved);
            Dense.add(length, search, step);
            Dense.add(-length, curved, residual);
            double next = 0;
            for (int j = 0; j < p; j++) {
                next += residual[j] * residual[j] / diagonal[j];
            }
            for (int j = 0; j < p; j++) {
                search[j] = residual[j] / diagonal[j] + next / product * search[j];
            }
            product = next;
        }
        return step;
    }

    private static double norm(double[] v) {
        return Math.sqrt(Dense.dot(v, v));
    }

    /**
     * The objective at theta.
     *
     * @param outputs n x C probabilities; for one logit n x 1 curvatures
     */
    private record Point(double[] theta, double value, double[] gradient, Matrix outputs) {}

    /** A sum over rows: a loss and a C x d matrix. */
    private record Sum(double[] loss, Matrix matrix) {}

    private static final class Problem {
        private final Objective objective;
        private final double[] centre;
        private final Workers workers;
        private final int logits;
        private final Matrix x;

        Problem(Objective objective, double[] centre, Workers workers) {
            this.objective = objective;
            this.centre = centre;
            this.workers = workers;
            this.logits = objective.loss().logits();
            this.x = objective.data().features();
        }

        Point along(Point from, double[] step, double length) {
            double[] theta = from.theta.clone();
            Dense.add(length, step, theta);
            return at(theta);
        }

        Point at(double[] theta) {
            Matrix columns = new Matrix(logits, x.columns(), theta).transpose();
            Matrix outputs = new Matrix(x.rows(), logits);
            Sum sum = reduce((total, from, to) -> {
                Matrix z = new Matrix(to - from, logits);
                Dense.multiplyRows(x, from, to, columns, 0, z);
                total.loss[0] += losses(from, z, outputs);
                Dense.addTransposedProduct(z, x, from, to, total.matrix);
            });
            double[] gradient = sum.matrix.values();
            double distance = 0;
            for (int j = 0; j < gradient.length; j++) {
                double difference = theta[j] - centre[j];
                gradient[j] += objective.ridge() * difference;
                distance += difference * difference;
            }
            return new Point(theta, sum.loss[0] + objective.ridge() / 2 * distance, gradient, outputs);
        }

        /** The weighted loss of the rows from {@code from}, whose logits become weighted residuals. */
        private double losses(int from, Matrix z, Matrix outputs) {
            Loss loss = objective.loss();
            Targets targets = objective.data().targets();
            double[] residual = new double[logits];
            double sum = 0;
            for (int i = 0; i < z.rows(); i++) {
                double weight = weight(from + i);
                double target = targets.value(from + i);
                int at = z.offset(i);
                sum += weight * loss.value(z.values(), at, target);
                loss.residual(z.values(), at, target, residual, 0);
                int out = outputs.offset(from + i);
                if (logits == 1) {
                    loss.curvature(z.values(), at, target, outputs.values(), out);
                } else {
                    System.arraycopy(residual, 0, outputs.values(), out, logits);
                    // the residual is P - onehot(y)
                    outputs.values()[out + (int) target] += 1;
                }
                for (int c = 0; c < logits; c++) {
                    z.values()[at + c] = weight * residual[c];
                }
            }
            return sum;
        }

        double[] hessianProduct(Point point, double[] v) {
            Matrix columns = new Matrix(logits, x.columns(), v).transpose();
            double[] result = reduce((total, from, to) -> {
                        Matrix change = new Matrix(to - from, logits);
                        Dense.multiplyRows(x, from, to, columns, 0, change);
                        curve(point.outputs, from, change);
                        Dense.addTransposedProduct(change, x, from, to, total.matrix);
                    })
                    .matrix
                    .values();
            Dense.add(objective.ridge(), v, result);
            return result;
        }

        /** Replaces each row a by w Lambda a; for softmax P * (a - P'a). */
        private void curve(Matrix outputs, int from, Matrix change) {
            double[] a = change.values();
            double[] p = outputs.values();
            for (int i = 0; i < change.rows(); i++) {
                double weight = weight(from + i);
                int at = change.offset(i);
                int out = outputs.offset(from + i);
                if (logits == 1) {
                    a[at] *= weight * p[out];
                    continue;
                }
                double mean = Dense.dot(a, at, p, out, logits);
                for (int c = 0; c < logits; c++) {
                    a[at + c] = weight * p[out + c] * (a[at + c] - mean);
                }
            }
        }

        double[] diagonal(Point point) {
            int d = x.columns();
            double[] result = reduce((total, from, to) -> {
                        Matrix squares = new Matrix(to - from, d);
                        for (int k = 0; k < squares.values().length; k++) {
                            double value = x.values()[x.offset(from) + k];
                            squares.values()[k] = value * value;
                        }
                        Matrix curvatures = new Matrix(to - from, logits);
                        for (int i = from; i < to; i++) {
                            for (int c = 0; c < logits; c++) {
                                double p = point.outputs.get(i, c);
                                curvatures.set(i - from, c, weight(i) * (logits == 1 ? p : p * (1 - p)));
                            }
                        }
                        Dense.addTransposedProduct(curvatures, squares, 0, to - from, total.matrix);
                    })
                    .matrix
                    .values();
            for (int j = 0; j < result.length; j++) {
                // far from 0 also where no row has any curvature left and there is no ridge
                result[j] = Math.max(1e-12, result[j] + objective.ridge());
            }
            return result;
        }

        private double weight(int row) {
            return objective.data().weights()[row] / objective.data().totalWeight();
        }

        private Sum reduce(Workers.BlockSum<Sum> block) {
            return workers.reduce(
                    x.rows(),
                    ROWS,
                    () -> new Sum(new double[1], new Matrix(logits, x.columns())),
                    block,
                    (left, right) -> {
                        left.loss[0] += right.loss[0];
                        Dense.add(1, right.matrix.values(), left.matrix.values());
                        return left;
                    });
        }
    }
}
