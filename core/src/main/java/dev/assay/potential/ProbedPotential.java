package dev.assay.potential;

import dev.assay.data.Dataset;
import dev.assay.influence.ConjugateGradients;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;
import java.util.SplittableRandom;

/**
 * V where p is too large to form and factor H: an unbiased estimate from random signs, with its standard error.
 *
 * <p>Let K be the n x n matrix sqrt(w_i w_j) g_i' H^-1 g_j and z a vector of independent random signs. Then t_i = z_i (K z)_i has
 * mean K_ii = w_i q_i and variance sum_{j != i} K_ij^2, because every z_i z_j with i != j has mean 0 and variance 1 and no two of
 * them are correlated. So over m such vectors the sample variance of t_i, summed over i, estimates the sum of w_i w_j X(i, j)^2
 * over i != j without bias, and the mean of t_i estimates w_i q_i. What large self-influences there are cancels row by row and
 * does not stand in the way. K z is G H^-1 G' z: one solve of {@link ConjugateGradients} for each z, all of a batch side by side.
 *
 * <p>The relative standard error is about sqrt(2 / (m - 1) / r) with r = |K|_F^4 / |K^2|_F^2, the effective rank of K, which is
 * large where p is. Vectors are added, {@value #BATCH} at a time, until it is at most {@value #RELATIVE_ERROR}, at most {@value
 * #MOST_PROBES}. O(m passes n p) time, no p x p matrix.
 *
 * @param variance V
 * @param standardError of V over the random signs
 * @param probes m
 * @param squares for each row i an estimate of w_i sum_{j != i} w_j X(i, j)^2, plus the pairs of its own copies
 */
record ProbedPotential(double variance, double standardError, int probes, double[] squares) {
    private static final int BATCH = 16;
    private static final int MOST_PROBES = 128;
    private static final double RELATIVE_ERROR = 0.02;
    /** Residuals of the solves; what they leave out of V is of the same order. */
    private static final ConjugateGradients SOLVER = new ConjugateGradients(1e-3, 500);

    private static final int ROWS = 256;

    /**
     * Estimates.
     *
     * @param seed decides the signs
     * @throws IllegalArgumentException if there is no pair
     */
    static ProbedPotential of(Linearization at, long seed, Workers workers) {
        Dataset data = at.objective().data();
        double pairs = Copies.pairs(data);
        double[] weights = data.weights();
        int n = data.size();
        SplittableRandom random = new SplittableRandom(seed);
        double[] sum = new double[n];
        double[] sumOfSquares = new double[n];
        // by probe: t_i, for the standard error
        double[][] probes = new double[MOST_PROBES][];
        double total = Double.NaN;
        int count = 0;
        while (count < MOST_PROBES) {
            // the first row of the first batch asks for s' H^-1 s
            int first = count == 0 ? 1 : 0;
            Matrix factors = new Matrix(BATCH + first, n);
            for (int i = 0; i < n && first > 0; i++) {
                factors.set(0, i, weights[i]);
            }
            for (int k = first; k < factors.rows(); k++) {
                for (int i = 0; i < n; i++) {
                    factors.set(k, i, random.nextBoolean() ? Math.sqrt(weights[i]) : -Math.sqrt(weights[i]));
                }
            }
            Matrix combined = combine(at, factors, workers);
            Matrix solved = SOLVER.solveRows(at, combined, workers);
            if (first > 0) {
                total = Dense.dot(combined.values(), 0, solved.values(), 0, combined.columns());
            }
            Matrix influences = against(at, solved, workers);
            for (int k = first; k < factors.rows(); k++) {
                double[] t = new double[n];
                for (int i = 0; i < n; i++) {
                    t[i] = factors.get(k, i) * influences.get(i, k);
                    sum[i] += t[i];
                    sumOfSquares[i] += t[i] * t[i];
                }
                probes[count++] = t;
            }
            if (relativeError(probes, count, sum) <= RELATIVE_ERROR) {
                break;
            }
        }
        double[] squares = new double[n];
        double second = 0;
        double self = 0;
        for (int i = 0; i < n; i++) {
            double mean = sum[i] / count;
            double variance = Math.max(0, (sumOfSquares[i] - count * mean * mean) / (count - 1));
            squares[i] = variance;
            if (weights[i] > 0) {
                self += Copies.excess(weights[i]) / weights[i] * mean;
                // (w^2 - a) q^2, and mean^2 is q^2 w^2 plus the variance of the mean
                squares[i] += (1 - Copies.excess(weights[i]) / (weights[i] * weights[i]))
                        * Math.max(0, mean * mean - variance / count);
            }
            second += squares[i];
        }
        double mean = -(total - self) / pairs;
        return new ProbedPotential(
                second / pairs - mean * mean, relativeError(probes, count, sum) * second / pairs, count, squares);
    }

    /** Standard error of the estimated sum of squares over the probes, relative to it. */
    private static double relativeError(double[][] probes, int count, double[] sum) {
        double[] each = new double[count];
        double mean = 0;
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < sum.length; i++) {
                double deviation = probes[k][i] - sum[i] / count;
                each[k] += deviation * deviation;
            }
            mean += each[k] / count;
        }
        double squares = 0;
        for (double one : each) {
            squares += (one - mean) * (one - mean);
        }
        return mean > 0 ? Math.sqrt(squares / (count - 1) / count) / mean : 0;
    }

    /** sum_i f_i g_i for every row f of {@code factors}, p values each. */
    private static Matrix combine(Linearization at, Matrix factors, Workers workers) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        int c = residuals.columns();
        int width = factors.rows() * c;
        Matrix sum = workers.reduce(
                x.rows(),
                ROWS,
                () -> new Matrix(width, x.columns()),
                (result, from, to) -> {
                    Matrix scaled = new Matrix(to - from, width);
                    for (int i = from; i < to; i++) {
                        int start = scaled.offset(i - from);
                        for (int k = 0; k < factors.rows(); k++) {
                            for (int a = 0; a < c; a++) {
                                scaled.values()[start + k * c + a] = factors.get(k, i) * residuals.get(i, a);
                            }
                        }
                    }
                    Dense.addTransposedProduct(scaled, x, from, to, result);
                },
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        return new Matrix(factors.rows(), c * x.columns(), sum.values());
    }

    /** g_i' v for every example (row) and every row v of {@code vectors} (column). */
    private static Matrix against(Linearization at, Matrix vectors, Workers workers) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        int c = residuals.columns();
        Matrix columns = new Matrix(vectors.rows() * c, x.columns(), vectors.values()).transpose();
        Matrix result = new Matrix(x.rows(), vectors.rows());
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix changes = new Matrix(to - from, columns.columns());
            Dense.multiplyRows(x, from, to, columns, 0, changes);
            for (int i = from; i < to; i++) {
                for (int k = 0; k < vectors.rows(); k++) {
                    result.set(
                            i,
                            k,
                            Dense.dot(
                                    changes.values(),
                                    changes.offset(i - from) + k * c,
                                    residuals.values(),
                                    residuals.offset(i),
                                    c));
                }
            }
        });
        return result;
    }
}
