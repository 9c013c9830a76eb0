package dev.assay.noise;

import dev.assay.data.Folds;
import dev.assay.learn.CrossFit;
import dev.assay.linalg.Dense;
import dev.assay.linalg.LogSumExp;
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
record FoldExperts(Matrix x, double[] weights, int outputs) {
    private static final int ROWS = 1024;
    /** Of a softmax on average, at the probabilities that matter; of a square exactly. */
    private static final double CLASS_CURVATURE = 0.25;
    /** A column whose curvature is at most this share of the ridge says next to nothing of rows that were not trained on. */
    private static final double NEGLIGIBLE = 0.5;
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
            Folds parts,
            Responses responses,
            double ridge,
            @Nullable List<double[]> start,
            double tolerance,
            int limit,
            Workers workers) {
        double[] squares = meanSquares(workers);
        double curvature = curvature(outputs);
        int[] columns = IntStream.range(0, squares.length)
                .filter(j -> curvature * squares[j] > NEGLIGIBLE * ridge)
                .toArray();
        if (columns.length == squares.length || columns.length == 0) {
            return descend(parts, responses, ridge, squares, start, tolerance, limit, workers);
        }
        FoldExperts narrow = new FoldExperts(x.selectColumns(columns), weights, outputs);
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

    /** Second derivative of a row's loss in one output, about. */
    static double curvature(int outputs) {
        return outputs == 1 ? 1 : CLASS_CURVATURE;
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
            Folds parts,
            Responses responses,
            double ridge,
            double[] squares,
            @Nullable List<double[]> start,
            double tolerance,
            int limit,
            Workers workers) {
        List<QuasiNewtonSearch> searches = new ArrayList<>();
        for (int part = 0; part < parts.count(); part++) {
            double[] from = start == null
                    ? new double[outputs * x.columns()]
                    : start.get(part).clone();
            double total = 0;
            for (double weight : parts.outside(part, weights)) {
                total += weight;
            }
            searches.add(new QuasiNewtonSearch(from, squares, outputs, ridge, total, tolerance, limit));
        }
        int[] active = IntStream.range(0, parts.count()).toArray();
        while (active.length > 0) {
            active = step(parts, active, searches, responses, workers);
        }
        List<double[]> parameters =
                searches.stream().map(QuasiNewtonSearch::best).toList();
        Matrix answers = new CrossFit<>(parts, parameters)
                .answers(outputs, (own, rows) -> answers(own, x.selectRows(rows), outputs, workers), workers);
        return new Trained(parameters, answers);
    }

    /** One step of the experts that are still under way; returns those that are not at their end. */
    private int[] step(
            Folds parts, int[] active, List<QuasiNewtonSearch> searches, Responses responses, Workers workers) {
        int p = outputs * x.columns();
        Matrix trial = new Matrix(active.length * outputs, x.columns());
        for (int a = 0; a < active.length; a++) {
            System.arraycopy(searches.get(active[a]).trial(), 0, trial.values(), a * p, p);
        }
        Sum sum = evaluate(parts, active, trial, responses, workers);
        int[] still = new int[active.length];
        int count = 0;
        for (int a = 0; a < active.length; a++) {
            double[] gradient = Arrays.copyOfRange(sum.gradient().values(), a * p, (a + 1) * p);
            double[] curvatures = Arrays.copyOfRange(sum.curvatures(), a * outputs, (a + 1) * outputs);
            if (searches.get(active[a]).accept(sum.losses()[a], gradient, curvatures)) {
                still[count++] = active[a];
            }
        }
        return Arrays.copyOf(still, count);
    }

    /** n x C log-probabilities, or n x 1 predictions, of other rows by one expert. */
    static Matrix answers(double[] parameters, Matrix x, int outputs, Workers workers) {
        Matrix columns = new Matrix(outputs, x.columns(), parameters).transpose();
        return normalised(Dense.multiply(x, columns, workers));
    }

    /** Log-probabilities of logits, in place; predictions stay as they are. */
    static Matrix normalised(Matrix logits) {
        if (logits.columns() > 1) {
            LogSumExp.normaliseRows(logits);
        }
        return logits;
    }

    /** Losses and gradients of all experts that are still under way. */
    private record Sum(double[] losses, double[] curvatures, Matrix gradient) {
        Sum plus(Sum other) {
            Dense.add(1, other.losses, losses);
            Dense.add(1, other.curvatures, curvatures);
            Dense.add(1, other.gradient.values(), gradient.values());
            return this;
        }
    }

    private Sum evaluate(Folds parts, int[] active, Matrix trial, Responses responses, Workers workers) {
        Matrix columns = trial.transpose();
        int width = columns.columns();
        return workers.reduce(
                x.rows(),
                ROWS,
                () -> new Sum(new double[active.length], new double[width], new Matrix(width, x.columns())),
                (sum, from, to) -> {
                    Matrix z = new Matrix(to - from, width);
                    Dense.multiplyRows(x, from, to, columns, 0, z);
                    double[] probabilities = new double[outputs == 1 ? 0 : outputs];
                    for (int i = from; i < to; i++) {
                        for (int a = 0; a < active.length; a++) {
                            double weight = parts.ofRow()[i] == active[a] ? 0 : weights[i];
                            int at = z.offset(i - from) + a * outputs;
                            respond(responses, i, weight, z.values(), at, probabilities, sum, a);
                        }
                    }
                    Dense.addTransposedProduct(z, x, from, to, sum.gradient);
                },
                Sum::plus);
    }

    /** Adds a row's loss and curvatures to the sums of one expert, and makes its logits their weighted derivatives. */
    private void respond(
            Responses responses,
            int row,
            double weight,
            double[] z,
            int at,
            double[] probabilities,
            Sum sum,
            int expert) {
        if (weight == 0) {
            Arrays.fill(z, at, at + outputs, 0);
            return;
        }
        if (outputs > 1) {
            LogSumExp.normalise(z, at, probabilities);
            for (int c = 0; c < outputs; c++) {
                sum.curvatures[expert * outputs + c] += weight * probabilities[c] * (1 - probabilities[c]);
            }
        }
        sum.losses[expert] += weight * responses.respond(row, z, at, probabilities);
        if (weight != 1) {
            for (int c = 0; c < outputs; c++) {
                z[at + c] *= weight;
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
}
