package dev.assay.noise;

import dev.assay.data.Partition;
import dev.assay.learn.CrossFit;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Linear experts, one for each part of the rows, trained on the rows of the other parts, all at the same time: one product of the
 * inputs with the parameters of all experts serves them all.
 *
 * <p>Each minimises (1/W) sum w_i loss_i + (ridge/2) |theta|^2 by L-BFGS with the preconditioner ridge + a_c sum_i w_i x_ij^2 / W for
 * column j and class c, a_c being the mean of p_c (1 - p_c), which is close to the Hessian where the columns of x are uncorrelated, as
 * principal directions are; no p x p matrix is ever formed. Stops when the norm of the gradient, measured by the inverse of D_j = ridge +
 * curvature sum_i w_i x_ij^2 / W, is below {@code tolerance} min(1, sqrt(loss)). Columns that the ridge keeps near zero anyway are left
 * out. A step of all experts costs O(n d P C) for P parts, C outputs and the d columns that are left.
 *
 * @param x n x d, columns about uncorrelated
 * @param weights n
 * @param outputs C classes, or 1 for numbers
 */
record PartExperts(Matrix x, double[] weights, int outputs) {
    private static final int ROWS = 1024;
    private static final int MEMORY = 5;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SHORTEST_STEP = 1e-3;
    /** Of a softmax on average, at the probabilities that matter; of a square exactly. */
    private static final double CLASS_CURVATURE = 0.25;
    /** A column whose curvature is at most this share of the ridge says next to nothing of rows that were not trained on. */
    private static final double NEGLIGIBLE = 0.5;
    /** Of a class, in the preconditioner: one of which everything is certain may become less so. */
    private static final double LEAST_CURVATURE = 0.02;

    private static final double SMALLEST_CURVATURE = 1e-12;

    /**
     * What experts came to.
     *
     * @param parameters of each part's expert, C x d, logit by logit
     * @param answers n x C log-probabilities, or n x 1 predictions, of each row by the expert of its part, which did not see it
     */
    record Trained(List<double[]> parameters, Matrix answers) {}

    /**
     * Trains.
     *
     * @param start parameters of each part's expert to start from, or null for zero
     * @param limit steps at the most
     */
    Trained train(
            Partition parts,
            Responses responses,
            double ridge,
            @Nullable List<double[]> start,
            double tolerance,
            int limit,
            Workers workers) {
        double[] squares = meanSquares(workers);
        double curvature = outputs == 1 ? 1 : CLASS_CURVATURE;
        int[] columns = IntStream.range(0, squares.length)
                .filter(j -> curvature * squares[j] > NEGLIGIBLE * ridge)
                .toArray();
        if (columns.length == squares.length || columns.length == 0) {
            return descend(parts, responses, ridge, squares, start, tolerance, limit, workers);
        }
        PartExperts narrow = new PartExperts(x.selectColumns(columns), weights, outputs);
        List<double[]> from = start == null
                ? null
                : start.stream().map(one -> gather(one, columns)).toList();
        Trained trained = narrow.descend(
                parts,
                responses,
                ridge,
                Arrays.stream(columns).mapToDouble(j -> squares[j]).toArray(),
                from,
                tolerance,
                limit,
                workers);
        return new Trained(
                trained.parameters().stream().map(one -> scatter(one, columns)).toList(), trained.answers());
    }

    /** The parameters of some columns. */
    private double[] gather(double[] parameters, int[] columns) {
        double[] result = new double[outputs * columns.length];
        for (int c = 0; c < outputs; c++) {
            for (int k = 0; k < columns.length; k++) {
                result[c * columns.length + k] = parameters[c * x.columns() + columns[k]];
            }
        }
        return result;
    }

    /** The opposite: zero for all other columns. */
    private double[] scatter(double[] parameters, int[] columns) {
        double[] result = new double[outputs * x.columns()];
        for (int c = 0; c < outputs; c++) {
            for (int k = 0; k < columns.length; k++) {
                result[c * x.columns() + columns[k]] = parameters[c * columns.length + k];
            }
        }
        return result;
    }

    private Trained descend(
            Partition parts,
            Responses responses,
            double ridge,
            double[] squares,
            @Nullable List<double[]> start,
            double tolerance,
            int limit,
            Workers workers) {
        double[] total = new double[parts.count()];
        for (int part = 0; part < total.length; part++) {
            for (int i = 0; i < weights.length; i++) {
                total[part] += parts.ofRow()[i] == part ? 0 : weights[i];
            }
        }
        int p = outputs * x.columns();
        List<Search> searches = new ArrayList<>();
        List<Integer> active = new ArrayList<>();
        for (int part = 0; part < parts.count(); part++) {
            double[] from = start == null ? new double[p] : start.get(part).clone();
            searches.add(new Search(from, squares, outputs, ridge, total[part], tolerance, limit));
            active.add(part);
        }
        while (!active.isEmpty()) {
            Matrix trial = new Matrix(active.size() * outputs, x.columns());
            for (int a = 0; a < active.size(); a++) {
                System.arraycopy(searches.get(active.get(a)).trial(), 0, trial.values(), a * p, p);
            }
            Sum sum = evaluate(parts, active, trial, responses, workers);
            List<Integer> still = new ArrayList<>();
            for (int a = 0; a < active.size(); a++) {
                int part = active.get(a);
                double[] gradient = new double[p];
                System.arraycopy(sum.gradient().values(), a * p, gradient, 0, p);
                double[] own = Arrays.copyOfRange(sum.curvatures(), a * outputs, (a + 1) * outputs);
                if (searches.get(part).accept(sum.losses()[a], gradient, own)) {
                    still.add(part);
                }
            }
            active = still;
        }
        List<double[]> parameters = searches.stream().map(Search::best).toList();
        Matrix answers = new CrossFit<>(parts, parameters)
                .answers(outputs, (own, rows) -> answers(own, x.selectRows(rows), outputs, workers), workers);
        return new Trained(parameters, answers);
    }

    /** n x C log-probabilities, or n x 1 predictions, of other rows by one expert. */
    static Matrix answers(double[] parameters, Matrix x, int outputs, Workers workers) {
        Matrix columns = new Matrix(outputs, x.columns(), parameters).transpose();
        Matrix result = Dense.multiply(x, columns, workers);
        if (outputs > 1) {
            for (int i = 0; i < result.rows(); i++) {
                normalise(result.values(), result.offset(i), outputs, null);
            }
        }
        return result;
    }

    /** Losses and gradients of all experts that are still under way. */
    private record Sum(double[] losses, double[] curvatures, Matrix gradient) {}

    private Sum evaluate(Partition parts, List<Integer> active, Matrix trial, Responses responses, Workers workers) {
        Matrix columns = trial.transpose();
        int width = columns.columns();
        int[] which = active.stream().mapToInt(Integer::intValue).toArray();
        return workers.reduce(
                x.rows(),
                ROWS,
                () -> new Sum(new double[which.length], new double[width], new Matrix(width, x.columns())),
                (sum, from, to) -> {
                    Matrix z = new Matrix(to - from, width);
                    Dense.multiplyRows(x, from, to, columns, 0, z);
                    double[] probabilities = new double[outputs == 1 ? 0 : outputs];
                    for (int i = from; i < to; i++) {
                        for (int a = 0; a < which.length; a++) {
                            int at = z.offset(i - from) + a * outputs;
                            double weight = parts.ofRow()[i] == which[a] ? 0 : weights[i];
                            if (weight == 0) {
                                Arrays.fill(z.values(), at, at + outputs, 0);
                                continue;
                            }
                            if (outputs > 1) {
                                normalise(z.values(), at, outputs, probabilities);
                                for (int c = 0; c < outputs; c++) {
                                    sum.curvatures[a * outputs + c] +=
                                            weight * probabilities[c] * (1 - probabilities[c]);
                                }
                            }
                            sum.losses[a] += weight * responses.respond(i, z.values(), at, probabilities);
                            if (weight != 1) {
                                for (int c = 0; c < outputs; c++) {
                                    z.values()[at + c] *= weight;
                                }
                            }
                        }
                    }
                    Dense.addTransposedProduct(z, x, from, to, sum.gradient);
                },
                (left, right) -> {
                    Dense.add(1, right.losses, left.losses);
                    Dense.add(1, right.curvatures, left.curvatures);
                    Dense.add(1, right.gradient.values(), left.gradient.values());
                    return left;
                });
    }

    /** Makes logits log-probabilities, in place, and writes the probabilities beside them. */
    static void normalise(double[] z, int at, int classes, double @Nullable [] probabilities) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            largest = Math.max(largest, z[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double e = Math.exp(z[at + c] - largest);
            sum += e;
            if (probabilities != null) {
                probabilities[c] = e;
            }
        }
        double norm = largest + Math.log(sum);
        for (int c = 0; c < classes; c++) {
            z[at + c] -= norm;
            if (probabilities != null) {
                probabilities[c] /= sum;
            }
        }
    }

    /** Of each column, over all rows. */
    private double[] meanSquares(Workers workers) {
        int d = x.columns();
        double total = Arrays.stream(weights).sum();
        double[] squares = workers.reduce(
                x.rows(),
                ROWS,
                () -> new double[d],
                (sum, from, to) -> {
                    for (int i = from; i < to; i++) {
                        int at = x.offset(i);
                        for (int j = 0; j < d; j++) {
                            double value = x.values()[at + j];
                            sum[j] += weights[i] * value * value;
                        }
                    }
                },
                (left, right) -> {
                    Dense.add(1, right, left);
                    return left;
                });
        Arrays.setAll(squares, j -> squares[j] / total);
        return squares;
    }

    /** One expert's L-BFGS, which is told the loss at the point that it asks for. */
    private static final class Search {
        private final double[] squares;
        private final int outputs;
        private final double ridge;
        private final double total;
        private final double[] diagonal;
        private final double[] preconditioner;
        private final double tolerance;
        private final int limit;
        private final List<double[]> steps = new ArrayList<>();
        private final List<double[]> turns = new ArrayList<>();
        private double[] at;
        private double value = Double.POSITIVE_INFINITY;
        private double[] gradient = new double[0];
        private double[] direction = new double[0];
        private double slope;
        private double length;
        private int taken;

        Search(double[] start, double[] squares, int outputs, double ridge, double total, double tolerance, int limit) {
            this.at = start;
            this.squares = squares;
            this.outputs = outputs;
            this.ridge = ridge;
            this.total = total;
            this.diagonal = new double[start.length];
            this.preconditioner = new double[start.length];
            double curvature = outputs == 1 ? 1 : CLASS_CURVATURE;
            Arrays.setAll(diagonal, k -> Math.max(SMALLEST_CURVATURE, ridge + curvature * squares[k % squares.length]));
            this.tolerance = tolerance;
            this.limit = limit;
        }

        double[] best() {
            return at;
        }

        /** Where the loss is to be evaluated next. */
        double[] trial() {
            double[] result = at.clone();
            if (direction.length > 0) {
                Dense.add(length, direction, result);
            }
            return result;
        }

        /**
         * Takes the sums at the trial point.
         *
         * @param curvatures sum of p (1 - p) of each class
         * @return whether there is another point to try
         */
        boolean accept(double loss, double[] sums, double[] curvatures) {
            double[] here = trial();
            double next = (total > 0 ? loss / total : 0) + ridge / 2 * Dense.dot(here, here);
            for (int j = 0; j < sums.length; j++) {
                sums[j] = (total > 0 ? sums[j] / total : 0) + ridge * here[j];
            }
            if (direction.length > 0) {
                if (!(next <= value + SUFFICIENT_DECREASE * length * slope)) {
                    length /= 2;
                    return length > SHORTEST_STEP;
                }
                remember(sums);
            }
            precondition(curvatures);
            at = here;
            value = next;
            gradient = sums;
            taken++;
            if (norm() <= tolerance * Math.min(1, Math.sqrt(Math.max(0, value))) || taken > limit) {
                return false;
            }
            direction = direction();
            slope = Dense.dot(gradient, direction);
            length = 1;
            return slope < 0;
        }

        private void remember(double[] nextGradient) {
            double[] step = direction.clone();
            double[] turn = nextGradient.clone();
            for (int j = 0; j < step.length; j++) {
                step[j] *= length;
                turn[j] -= gradient[j];
            }
            // the loss seen through transitions is not convex: a step along which the gradient does not grow teaches
            // nothing
            if (Dense.dot(step, turn) > 1e-14) {
                steps.add(step);
                turns.add(turn);
                if (steps.size() > MEMORY) {
                    steps.remove(0);
                    turns.remove(0);
                }
            }
        }

        private void precondition(double[] curvatures) {
            int d = squares.length;
            for (int c = 0; c < outputs; c++) {
                double curvature = outputs == 1 ? 1 : Math.max(LEAST_CURVATURE, total > 0 ? curvatures[c] / total : 0);
                for (int j = 0; j < d; j++) {
                    preconditioner[c * d + j] = Math.max(SMALLEST_CURVATURE, ridge + curvature * squares[j]);
                }
            }
        }

        /** Norm of the gradient by the inverse of the diagonal. */
        private double norm() {
            double sum = 0;
            for (int j = 0; j < gradient.length; j++) {
                sum += gradient[j] * gradient[j] / diagonal[j];
            }
            return Math.sqrt(sum);
        }

        private double[] direction() {
            double[] q = gradient.clone();
            double[] factors = new double[steps.size()];
            for (int k = steps.size() - 1; k >= 0; k--) {
                factors[k] = Dense.dot(steps.get(k), q) / Dense.dot(steps.get(k), turns.get(k));
                Dense.add(-factors[k], turns.get(k), q);
            }
            double scale = 1;
            if (!steps.isEmpty()) {
                double[] step = steps.get(steps.size() - 1);
                double[] turn = turns.get(turns.size() - 1);
                double squares = 0;
                for (int j = 0; j < turn.length; j++) {
                    squares += turn[j] * turn[j] / preconditioner[j];
                }
                scale = Dense.dot(step, turn) / squares;
            }
            for (int j = 0; j < q.length; j++) {
                q[j] *= scale / preconditioner[j];
            }
            for (int k = 0; k < steps.size(); k++) {
                double back = Dense.dot(turns.get(k), q) / Dense.dot(steps.get(k), turns.get(k));
                Dense.add(factors[k] - back, steps.get(k), q);
            }
            for (int j = 0; j < q.length; j++) {
                q[j] = -q[j];
            }
            return q;
        }
    }
}
