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
        SplittableRandom random = new SplittableRandom(seed);
        Probes probes = new Probes(gradients.size());
        double total = Double.NaN;
        do {
            Matrix factors = factors(weights, probes.count == 0, random);
            Matrix combined = gradients.combinations(factors, workers);
            Matrix solved = gradients.solve(combined, workers);
            if (probes.count == 0) {
                total = Dense.dot(combined.values(), 0, solved.values(), 0, combined.columns());
            }
            probes.add(factors, gradients.products(solved, workers));
        } while (probes.count < MOST_PROBES && !(probes.relativeError() <= RELATIVE_ERROR));
        double[] squares = new double[weights.length];
        double second = 0;
        double self = 0;
        for (int i = 0; i < squares.length; i++) {
            double mean = probes.mean(i);
            double variance = probes.variance(i);
            squares[i] = variance;
            if (weights[i] > 0) {
                self += PairWeights.selfPairs(weights[i]) / weights[i] * mean;
                // (w^2 - a) q^2, and mean^2 is q^2 w^2 plus the variance of the mean
                squares[i] += (1 - PairWeights.selfPairs(weights[i]) / (weights[i] * weights[i]))
                        * Math.max(0, mean * mean - variance / probes.count);
            }
            second += squares[i];
        }
        double mean = -(total - self) / pairs;
        return new ProbedPotential(
                second / pairs - mean * mean, probes.relativeError() * second / pairs, probes.count, squares);
    }

    /** A batch of random signs times sqrt(w_i), one row each; in the first batch a row before them that asks for s' H^-1 s. */
    private static Matrix factors(double[] weights, boolean first, SplittableRandom random) {
        Matrix result = new Matrix(BATCH + (first ? 1 : 0), weights.length);
        for (int k = 0; k < result.rows(); k++) {
            boolean sum = first && k == 0;
            for (int i = 0; i < weights.length; i++) {
                double root = sum ? weights[i] : Math.sqrt(weights[i]);
                result.set(k, i, sum || random.nextBoolean() ? root : -root);
            }
        }
        return result;
    }

    /** t_i of all probes so far. */
    private static final class Probes {
        private final double[][] values = new double[MOST_PROBES][];
        private final double[] sum;
        private final double[] sumOfSquares;
        private int count;

        Probes(int n) {
            sum = new double[n];
            sumOfSquares = new double[n];
        }

        /** The last rows of {@code factors}, a batch, and what came of them. */
        void add(Matrix factors, Matrix influences) {
            for (int k = factors.rows() - BATCH; k < factors.rows(); k++) {
                double[] t = new double[sum.length];
                for (int i = 0; i < t.length; i++) {
                    t[i] = factors.get(k, i) * influences.get(i, k);
                    sum[i] += t[i];
                    sumOfSquares[i] += t[i] * t[i];
                }
                values[count++] = t;
            }
        }

        double mean(int i) {
            return sum[i] / count;
        }

        /** Sample variance of t_i. */
        double variance(int i) {
            return Math.max(0, (sumOfSquares[i] - count * mean(i) * mean(i)) / (count - 1));
        }

        /** Standard error of the estimated sum of squares over the probes, relative to it. */
        double relativeError() {
            double[] each = new double[count];
            double mean = 0;
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < sum.length; i++) {
                    double deviation = values[k][i] - mean(i);
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
}
