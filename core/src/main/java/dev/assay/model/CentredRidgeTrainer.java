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
 * is as exact as the gradient is small. One product with H passes once over the data, O(n p), with the residuals kept.
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
     * @param z n x C logits
     * @param residuals n x C
     */
    private record Point(double[] theta, double value, double[] gradient, Matrix z, Matrix residuals) {}

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
            Matrix z = new Matrix(x.rows(), logits);
            Matrix residuals = new Matrix(x.rows(), logits);
            Sum sum = reduce((total, from, to) -> {
                Matrix block = new Matrix(to - from, logits);
                Dense.multiplyRows(x, from, to, columns, 0, block);
                System.arraycopy(block.values(), 0, z.values(), z.offset(from), block.values().length);
                total.loss[0] += losses(from, block, residuals);
                Dense.addTransposedProduct(block, x, from, to, total.matrix);
            });
            double[] gradient = sum.matrix.values();
            double distance = 0;
            for (int j = 0; j < gradient.length; j++) {
                double difference = theta[j] - centre[j];
                gradient[j] += objective.ridge() * difference;
                distance += difference * difference;
            }
            return new Point(theta, sum.loss[0] + objective.ridge() / 2 * distance, gradient, z, residuals);
        }

        /** The weighted loss of the rows from {@code from}, whose logits become weighted residuals. */
        private double losses(int from, Matrix z, Matrix residuals) {
            Loss loss = objective.loss();
            Targets targets = objective.data().targets();
            double sum = 0;
            for (int i = 0; i < z.rows(); i++) {
                double weight = weight(from + i);
                double target = targets.value(from + i);
                int at = z.offset(i);
                int out = residuals.offset(from + i);
                sum += weight * loss.value(z.values(), at, target);
                loss.residual(z.values(), at, target, residuals.values(), out);
                for (int c = 0; c < logits; c++) {
                    z.values()[at + c] = weight * residuals.values()[out + c];
                }
            }
            return sum;
        }

        double[] hessianProduct(Point point, double[] v) {
            Matrix columns = new Matrix(logits, x.columns(), v).transpose();
            double[] result = reduce((total, from, to) -> {
                        Matrix change = new Matrix(to - from, logits);
                        Dense.multiplyRows(x, from, to, columns, 0, change);
                        curve(point, from, change);
                        Dense.addTransposedProduct(change, x, from, to, total.matrix);
                    })
                    .matrix
                    .values();
            Dense.add(objective.ridge(), v, result);
            return result;
        }

        /** Replaces each row a by w Lambda a. */
        private void curve(Point point, int from, Matrix change) {
            Targets targets = objective.data().targets();
            for (int i = 0; i < change.rows(); i++) {
                int row = from + i;
                int at = change.offset(i);
                int offset = point.z.offset(row);
                objective
                        .loss()
                        .curve(
                                point.z.values(),
                                offset,
                                targets.value(row),
                                point.residuals.values(),
                                offset,
                                change.values(),
                                at,
                                1);
                for (int c = 0; c < logits; c++) {
                    change.values()[at + c] *= weight(row);
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
                            int offset = point.z.offset(i);
                            int at = curvatures.offset(i - from);
                            objective
                                    .loss()
                                    .curvatureDiagonal(
                                            point.z.values(),
                                            offset,
                                            objective.data().targets().value(i),
                                            point.residuals.values(),
                                            offset,
                                            curvatures.values(),
                                            at);
                            for (int c = 0; c < logits; c++) {
                                curvatures.values()[at + c] *= weight(i);
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
