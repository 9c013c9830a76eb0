package dev.assay.potential;

import dev.assay.influence.GradientOperators;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.SplittableRandom;

/**
 * V where p is too large to form and factor H: an unbiased estimate from random signs, with its standard error.
 *
 * <p>Let K be the n x n matrix sqrt(w_i w_j) g_i' H^-1 g_j and z a vector of independent random signs. Then t_i = z_i (K z)_i has
 * mean K_ii = w_i q_i and variance sum_{j != i} K_ij^2, because every z_i z_j with i != j has mean 0 and variance 1 and no two of
 * them are correlated. So over m such vectors the sample variance of t_i, summed over i, estimates the sum of w_i w_j X(i, j)^2
 * over i != j without bias, and the mean of t_i estimates w_i q_i. What large self-influences there are cancels row by row and
 * does not stand in the way. K z is G H^-1 G' z: one solve for each z, all of a batch side by side.
 *
 * <p>The relative standard error is about sqrt(2 / (m - 1) / r) with r = |K|_F^4 / |K^2|_F^2, the effective rank of K, which is
 * large where p is. Vectors are added, {@value #BATCH} at a time, until it is at most {@value #RELATIVE_ERROR}, at most {@value
 * #MOST_PROBES}. O(m) solves, no p x p matrix.
 *
 * @param variance V
 * @param standardError of V over the random signs
 * @param probes m
 * @param squares for each row i an estimate of w_i sum_{j != i} w_j X(i, j)^2, plus the pairs of its own copies
 */
public record ProbedPotential(double variance, double standardError, int probes, double[] squares) {
    private static final int BATCH = 16;
    private static final int MOST_PROBES = 128;
    private static final double RELATIVE_ERROR = 0.02;

    /**
     * Estimates.
     *
     * @param seed decides the signs
     * @throws IllegalArgumentException if there is no pair
     */
    public static ProbedPotential of(GradientOperators gradients, long seed, Workers workers) {
        double[] weights = gradients.weights();
        double pairs = PairWeights.pairs(weights);
        int n = gradients.size();
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
            Matrix combined = gradients.combinations(factors, workers);
            Matrix solved = gradients.solve(combined, workers);
            if (first > 0) {
                total = Dense.dot(combined.values(), 0, solved.values(), 0, combined.columns());
            }
            Matrix influences = gradients.products(solved, workers);
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
                self += PairWeights.selfPairs(weights[i]) / weights[i] * mean;
                // (w^2 - a) q^2, and mean^2 is q^2 w^2 plus the variance of the mean
                squares[i] += (1 - PairWeights.selfPairs(weights[i]) / (weights[i] * weights[i]))
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
}
