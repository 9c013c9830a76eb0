package dev.assay.model;

import dev.assay.data.Targets;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.KroneckerSum;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Fits several linear models to the same rows side by side, each with weights of its own, such as the experts that every part's
 * rows are judged by. Model t minimises (1/W_t) sum_i w_ti l(T u_t x_i; y_i) + (ridge_t / 2) |u_t - centre_t|^2, see {@link
 * TransformedLoss}. A centre other than 0 lets a small block borrow strength from another model.
 *
 * <p>Newton's method with backtracking. The steps come from conjugate gradients, with products for all models at once: one wide
 * matrix product where each model alone would need a narrow one, O(n p) a model. They are preconditioned by ONE factored Hessian,
 * that of the sum of all weights where the first model starts: in full, O(n p^2 + p^3), where that is cheaper than the further
 * products that a {@link ProductCurvature}, O(n d^2 + d^3), would ask for.
 *
 * @param gradientNorm stopping tolerance: the Euclidean norm of the gradient with respect to u
 * @param stepLimit Newton steps at the most
 * @param nearer whether the tolerance is {@code gradientNorm} min(1, sqrt(objective)): where labels are nearly certain, smaller
 *     gradients matter
 */
public record SideBySideTrainer(double gradientNorm, int stepLimit, boolean nearer) {
    private static final int ROWS = 256;
    private static final int PRODUCTS = 100;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int HALVINGS = 20;
    private static final double LARGEST_RESIDUAL = 0.1;
    /** What a product costs more than the whole Hessian, in products, each at half the rate of a square product. */
    private static final double PRODUCTS_SAVED = 5 * 2;
    /** A step of more products asks for another factor. */
    private static final int MANY_PRODUCTS = 8;

    /** To the same gradient norm whatever the objective. */
    public SideBySideTrainer(double gradientNorm, int stepLimit) {
        this(gradientNorm, stepLimit, false);
    }

    /**
     * One of the models.
     *
     * @param weights n, some of them above 0; rows of weight 0 cost next to nothing
     * @param ridge lambda of the mean loss
     * @param start u to start from, m d values, not written to; the centre if null
     * @param centre towards which the ridge pulls, m d values; 0 if null
     */
    public record Model(double[] weights, double ridge, double @Nullable [] start, double @Nullable [] centre) {
        /** A model whose ridge pulls towards 0. */
        public Model(double[] weights, double ridge, double @Nullable [] start) {
            this(weights, ridge, start, null);
        }
    }

    /**
     * Fits.
     *
     * @param loss softmax, or one with one logit
     * @param transform T, C x m
     * @return u of each model, m d values
     */
    public List<double[]> fit(
            Matrix x, Targets targets, Loss loss, Matrix transform, List<Model> models, Workers workers) {
        return fit(x, targets, loss, transform, models, null, workers);
    }

    /**
     * The same where the second moments of the inputs are at hand.
     *
     * @param inputs of these rows or of more like them, which decide how fast it is, not where it ends; or null
     */
    public List<double[]> fit(
            Matrix x,
            Targets targets,
            Loss loss,
            Matrix transform,
            List<Model> models,
            ProductCurvature.@Nullable Inputs inputs,
            Workers workers) {
        if (!loss.isShiftInvariant() && loss.logits() > 1) {
            throw new IllegalArgumentException("a loss of several logits that is not a softmax: " + loss);
        }
        Problem problem = new Problem(x, targets, loss, transform, inputs, workers);
        List<Task> tasks = models.stream().map(Task::of).toList();
        int p = transform.columns() * x.columns();
        List<double[]> starts = new ArrayList<>();
        for (Model model : models) {
            double[] start = model.start() == null ? model.centre() : model.start();
            starts.add(start == null ? new double[p] : start);
        }
        List<Point> points = problem.at(tasks, starts);
        Task common = tasks.size() == 1 ? tasks.get(0) : Task.sum(models);
        Preconditioner preconditioner = null;
        for (int step = 0; step < stepLimit; step++) {
            List<Point> current = points;
            int[] active = IntStream.range(0, tasks.size())
                    .filter(t -> norm(current.get(t).gradient()) > tolerance(current.get(t)))
                    .toArray();
            if (active.length == 0) {
                break;
            }
            if (preconditioner == null) {
                Point at = tasks.size() == 1
                        ? current.get(0)
                        : problem.at(
                                        List.of(common),
                                        List.of(current.get(active[0]).u()))
                                .get(0);
                preconditioner = problem.factor(common, at, tasks.size());
            }
            Steps steps = problem.steps(pick(tasks, active), pick(current, active), preconditioner);
            points = new ArrayList<>(current);
            if (!problem.descend(tasks, points, active, steps.directions())) {
                break;
            }
            if (steps.products() > MANY_PRODUCTS) {
                preconditioner = null;
            }
        }
        return points.stream().map(Point::u).toList();
    }

    private double tolerance(Point at) {
        return nearer ? gradientNorm * Math.min(1, Math.sqrt(Math.max(0, at.value()))) : gradientNorm;
    }

    private static <T> List<T> pick(List<T> from, int[] chosen) {
        return IntStream.of(chosen).mapToObj(from::get).toList();
    }

    private static double norm(double[] v) {
        return Math.sqrt(Dense.dot(v, v));
    }

    /** A model's weights, divided by their sum, its ridge, and where that pulls. */
    private record Task(double[] weights, double ridge, double @Nullable [] centre) {
        static Task of(Model model) {
            double total = Arrays.stream(model.weights()).sum();
            if (!(total > 0)) {
                throw new IllegalArgumentException("no row has a weight above 0");
            }
            return new Task(
                    Arrays.stream(model.weights()).map(weight -> weight / total).toArray(),
                    model.ridge(),
                    model.centre());
        }

        /** u minus the centre. */
        double[] pulled(double[] u) {
            if (centre == null) {
                return u;
            }
            double[] result = u.clone();
            Dense.add(-1, centre, result);
            return result;
        }

        /** The weights of all models together and their mean ridge. */
        static Task sum(List<Model> models) {
            double[] weights = new double[models.get(0).weights().length];
            double ridge = 0;
            for (Model model : models) {
                Dense.add(1, model.weights(), weights);
                ridge += model.ridge() / models.size();
            }
            return of(new Model(weights, ridge, null));
        }
    }

    /**
     * An objective at u.
     *
     * @param outputs n x C probabilities; for one logit n x 1 curvatures; 0 where the weight is 0
     */
    private record Point(double[] u, double value, double[] gradient, Matrix outputs) {}

    /** Directions of descent, and how many products with the Hessians they took. */
    private record Steps(List<double[]> directions, int products) {}

    /** A sum over rows: the loss of each model and a (models C) x d matrix. */
    private record Sum(double[] losses, Matrix matrix) {}

    /** Replaces each row u by about H^-1 u. */
    private interface Preconditioner {
        void solve(Matrix rows);
    }

    private static final class Problem {
        private final Matrix x;
        private final Targets targets;
        private final Loss loss;
        private final Matrix transform;
        private final ProductCurvature.@Nullable Inputs inputs;
        private final Workers workers;
        private final int logits;

        Problem(
                Matrix x,
                Targets targets,
                Loss loss,
                Matrix transform,
                ProductCurvature.@Nullable Inputs inputs,
                Workers workers) {
            this.inputs = inputs;
            this.x = x;
            this.targets = targets;
            this.loss = loss;
            this.transform = transform;
            this.workers = workers;
            this.logits = loss.logits();
        }

        /** T u of all models, transposed and side by side: d x (models C). */
        private Matrix columns(List<double[]> us) {
            int d = x.columns();
            int m = transform.columns();
            Matrix result = new Matrix(d, us.size() * logits);
            for (int t = 0; t < us.size(); t++) {
                double[] u = us.get(t);
                for (int c = 0; c < logits; c++) {
                    for (int j = 0; j < d; j++) {
                        double sum = 0;
                        for (int k = 0; k < m; k++) {
                            sum += transform.get(c, k) * u[k * d + j];
                        }
                        result.set(j, t * logits + c, sum);
                    }
                }
            }
            return result;
        }

        /** T' times the rows of model t, m d values, plus ridge u. */
        private double[] back(Matrix sums, int t, double ridge, double[] u) {
            int d = x.columns();
            int m = transform.columns();
            double[] result = new double[m * d];
            for (int k = 0; k < m; k++) {
                for (int c = 0; c < logits; c++) {
                    double factor = transform.get(c, k);
                    int from = sums.offset(t * logits + c);
                    for (int j = 0; j < d; j++) {
                        result[k * d + j] += factor * sums.values()[from + j];
                    }
                }
            }
            Dense.add(ridge, u, result);
            return result;
        }

        /** What becomes of the logits of a model in one row, and the loss there. */
        @FunctionalInterface
        private interface RowChange {
            double apply(int model, int row, double weight, double[] z, int at);
        }

        /** The losses of all models, and the sums over rows of what the change makes of their logits (x) x. */
        private Sum reduce(List<Task> tasks, List<double[]> us, RowChange change) {
            Matrix columns = columns(us);
            int width = columns.columns();
            return workers.reduce(
                    x.rows(),
                    ROWS,
                    () -> new Sum(new double[tasks.size()], new Matrix(width, x.columns())),
                    (total, from, to) -> {
                        Matrix z = new Matrix(to - from, width);
                        Dense.multiplyRows(x, from, to, columns, 0, z);
                        for (int t = 0; t < tasks.size(); t++) {
                            double[] weights = tasks.get(t).weights();
                            for (int i = from; i < to; i++) {
                                int at = z.offset(i - from) + t * logits;
                                if (weights[i] > 0) {
                                    total.losses[t] += change.apply(t, i, weights[i], z.values(), at);
                                } else {
                                    Arrays.fill(z.values(), at, at + logits, 0);
                                }
                            }
                        }
                        Dense.addTransposedProduct(z, x, from, to, total.matrix);
                    },
                    (left, right) -> {
                        Dense.add(1, right.losses, left.losses);
                        Dense.add(1, right.matrix.values(), left.matrix.values());
                        return left;
                    });
        }

        /** All objectives, each at its u. */
        List<Point> at(List<Task> tasks, List<double[]> us) {
            List<Matrix> outputs =
                    tasks.stream().map(task -> new Matrix(x.rows(), logits)).toList();
            Sum sum = reduce(tasks, us, (t, i, weight, z, at) -> judge(i, weight, z, at, outputs.get(t)));
            List<Point> result = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                double ridge = tasks.get(t).ridge();
                double[] pulled = tasks.get(t).pulled(us.get(t));
                double value = sum.losses[t] + ridge / 2 * Dense.dot(pulled, pulled);
                result.add(new Point(us.get(t), value, back(sum.matrix, t, ridge, pulled), outputs.get(t)));
            }
            return result;
        }

        /** The weighted loss of a row, whose logits become weighted residuals. */
        private double judge(int row, double weight, double[] z, int at, Matrix outputs) {
            double target = targets.value(row);
            int out = outputs.offset(row);
            double[] p = outputs.values();
            if (logits == 1) {
                double value = loss.value(z, at, target);
                loss.curvature(z, at, target, p, out);
                loss.residual(z, at, target, z, at);
                z[at] *= weight;
                return weight * value;
            }
            loss.outputs(z, at, p, out);
            double probability = p[out + (int) target];
            double value = probability > Double.MIN_NORMAL ? -Math.log(probability) : loss.value(z, at, target);
            for (int c = 0; c < logits; c++) {
                z[at + c] = weight * p[out + c];
            }
            z[at + (int) target] -= weight;
            return weight * value;
        }

        /** The products of the Hessians at the points with one vector each. */
        private List<double[]> products(List<Task> tasks, List<Point> points, List<double[]> vectors) {
            Sum sum = reduce(tasks, vectors, (t, i, weight, a, at) -> {
                Matrix outputs = points.get(t).outputs();
                double[] p = outputs.values();
                int out = outputs.offset(i);
                if (logits == 1) {
                    a[at] *= weight * p[out];
                    return 0;
                }
                double mean = 0;
                for (int c = 0; c < logits; c++) {
                    mean += p[out + c] * a[at + c];
                }
                for (int c = 0; c < logits; c++) {
                    a[at + c] = weight * p[out + c] * (a[at + c] - mean);
                }
                return 0;
            });
            List<double[]> result = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                result.add(back(sum.matrix, t, tasks.get(t).ridge(), vectors.get(t)));
            }
            return result;
        }

        /** About -H^-1 g of each model. */
        Steps steps(List<Task> tasks, List<Point> points, Preconditioner preconditioner) {
            int count = tasks.size();
            int p = points.get(0).gradient().length;
            double[] tolerances = new double[count];
            Matrix residuals = new Matrix(count, p);
            for (int t = 0; t < count; t++) {
                double[] gradient = points.get(t).gradient();
                double norm = norm(gradient);
                tolerances[t] = Math.min(LARGEST_RESIDUAL, Math.sqrt(norm)) * norm;
                for (int j = 0; j < p; j++) {
                    residuals.set(t, j, -gradient[j]);
                }
            }
            Matrix solved = residuals.copy();
            preconditioner.solve(solved);
            List<double[]> directions = new ArrayList<>();
            List<double[]> searches = new ArrayList<>();
            double[] inner = new double[count];
            for (int t = 0; t < count; t++) {
                directions.add(new double[p]);
                searches.add(solved.row(t));
                inner[t] = dot(residuals, solved, t);
            }
            int products = 0;
            while (products < PRODUCTS) {
                int[] open = IntStream.range(0, count)
                        .filter(t -> Math.sqrt(dot(residuals, residuals, t)) > tolerances[t])
                        .toArray();
                if (open.length == 0) {
                    break;
                }
                List<double[]> curved = products(pick(tasks, open), pick(points, open), pick(searches, open));
                products++;
                Matrix next = new Matrix(open.length, p);
                for (int k = 0; k < open.length; k++) {
                    int t = open[k];
                    double length = inner[t] / Dense.dot(searches.get(t), curved.get(k));
                    Dense.add(length, searches.get(t), directions.get(t));
                    for (int j = 0; j < p; j++) {
                        double value = residuals.get(t, j) - length * curved.get(k)[j];
                        residuals.set(t, j, value);
                        next.set(k, j, value);
                    }
                }
                preconditioner.solve(next);
                for (int k = 0; k < open.length; k++) {
                    int t = open[k];
                    double value = Dense.dot(residuals.values(), residuals.offset(t), next.values(), next.offset(k), p);
                    double[] search = searches.get(t);
                    for (int j = 0; j < p; j++) {
                        search[j] = next.get(k, j) + value / inner[t] * search[j];
                    }
                    inner[t] = value;
                }
            }
            return new Steps(directions, products);
        }

        private static double dot(Matrix first, Matrix second, int row) {
            return Dense.dot(first.values(), first.offset(row), second.values(), second.offset(row), first.columns());
        }

        /**
         * Moves the active points along their directions, each by the first of the lengths 1, 1/2, 1/4, ... that lowers its
         * objective enough; false if none moved.
         */
        boolean descend(List<Task> tasks, List<Point> points, int[] active, List<double[]> directions) {
            List<Integer> left =
                    new ArrayList<>(IntStream.range(0, active.length).boxed().toList());
            double length = 1;
            boolean moved = false;
            for (int halving = 0; halving < HALVINGS && !left.isEmpty(); halving++) {
                List<Task> trying = new ArrayList<>();
                List<double[]> us = new ArrayList<>();
                for (int k : left) {
                    double[] u = points.get(active[k]).u().clone();
                    Dense.add(length, directions.get(k), u);
                    us.add(u);
                    trying.add(tasks.get(active[k]));
                }
                List<Point> reached = at(trying, us);
                List<Integer> failed = new ArrayList<>();
                for (int r = 0; r < reached.size(); r++) {
                    int k = left.get(r);
                    Point from = points.get(active[k]);
                    double slope = Dense.dot(from.gradient(), directions.get(k));
                    if (reached.get(r).value() <= from.value() + SUFFICIENT_DECREASE * length * slope) {
                        points.set(active[k], reached.get(r));
                        moved = true;
                    } else {
                        failed.add(k);
                    }
                }
                left = failed;
                length /= 2;
            }
            return moved;
        }

        /** The Hessian of a model at a point, factored, for so many models. */
        Preconditioner factor(Task task, Point point, int models) {
            double n = x.rows();
            double d = x.columns();
            int m = transform.columns();
            double p = m * d;
            double whole = n * d * d * m * (m + 1) / 2 + p * p * p / 3;
            double separate = inputs == null ? n * d * d / 2 + 9 * d * d * d : 0;
            if (whole <= separate + PRODUCTS_SAVED * 2 * n * d * logits * models) {
                Matrix hessian = KroneckerSum.of(x, m, (from, to) -> curvatures(task, point, from, to), workers);
                hessian.addToDiagonal(task.ridge());
                Cholesky factor = Cholesky.factorInPlace(hessian, workers);
                return rows -> factor.solveRows(rows, workers);
            }
            ProductCurvature product = product(task, point);
            return rows -> {
                for (int t = 0; t < rows.rows(); t++) {
                    double[] coordinates = product.toCoordinates(rows.row(t), workers);
                    for (int j = 0; j < coordinates.length; j++) {
                        coordinates[j] /= product.diagonal()[j];
                    }
                    System.arraycopy(
                            product.fromCoordinates(coordinates, workers),
                            0,
                            rows.values(),
                            rows.offset(t),
                            rows.columns());
                }
            };
        }

        /** The Hessian taken for a product; where a row is uncertain it counts for more in the second moments, too. */
        private ProductCurvature product(Task task, Point point) {
            Matrix p = point.outputs();
            double[] curved = new double[x.rows()];
            Matrix mean = workers.reduce(
                    x.rows(),
                    ROWS,
                    () -> new Matrix(logits, logits),
                    (sum, from, to) -> {
                        Matrix weighted = new Matrix(to - from, logits);
                        for (int i = from; i < to; i++) {
                            for (int c = 0; c < logits; c++) {
                                double share = task.weights()[i] * p.get(i, c);
                                // of one logit it is the curvature itself
                                weighted.set(i - from, c, logits == 1 ? 0 : -share);
                                sum.values()[c * logits + c] += share;
                                curved[i] += logits == 1 ? share : share * (1 - p.get(i, c));
                            }
                        }
                        Dense.addTransposedProduct(weighted, p, from, to, sum);
                    },
                    (left, right) -> {
                        Dense.add(1, right.values(), left.values());
                        return left;
                    });
            Matrix turned = Dense.multiply(transform.transpose(), Dense.multiply(mean, transform, workers), workers);
            return new ProductCurvature(
                    inputs == null ? ProductCurvature.Inputs.of(x, curved, transform.columns(), workers) : inputs,
                    turned,
                    task.ridge());
        }

        /** w T' Lambda T of each row, m m values. */
        private Matrix curvatures(Task task, Point point, int from, int to) {
            int m = transform.columns();
            Matrix result = new Matrix(to - from, m * m);
            double[] t = transform.values();
            double[] mean = new double[m];
            for (int i = from; i < to; i++) {
                double weight = task.weights()[i];
                if (weight == 0) {
                    continue;
                }
                int at = result.offset(i - from);
                int out = point.outputs().offset(i);
                double[] p = point.outputs().values();
                if (logits == 1) {
                    result.values()[at] = weight * p[out] * t[0] * t[0];
                    continue;
                }
                Arrays.fill(mean, 0);
                for (int c = 0; c < logits; c++) {
                    for (int k = 0; k < m; k++) {
                        mean[k] += p[out + c] * t[c * m + k];
                    }
                }
                for (int c = 0; c < logits; c++) {
                    double share = weight * p[out + c];
                    for (int k = 0; k < m; k++) {
                        double first = share * (t[c * m + k] - mean[k]);
                        for (int l = 0; l < m; l++) {
                            result.values()[at + k * m + l] += first * (t[c * m + l] - mean[l]);
                        }
                    }
                }
            }
            return result;
        }
    }
}
