package dev.assay.route;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import java.util.Arrays;

/** Shares of blocks 1 to K: positive numbers that add up to 1. */
public final class Shares {
    /** No block's share is put below this, so that its logarithm stays finite. */
    public static final double SMALLEST = 1e-9;

    private static final double ROUNDING = 1e-6;

    private Shares() {}

    /**
     * Checks that numbers are shares.
     *
     * @throws IllegalArgumentException if there is none, one is not above 0, or they do not add up to 1
     */
    public static void check(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            if (!(share > 0)) {
                throw new IllegalArgumentException("shares are above 0, got " + Arrays.toString(shares));
            }
            sum += share;
        }
        if (!(Math.abs(sum - 1) <= ROUNDING)) {
            throw new IllegalArgumentException("shares add up to 1, got " + Arrays.toString(shares));
        }
    }

    /** Shares in proportion to masses of at least 0, none below {@link #SMALLEST}; equal ones where there is no mass. */
    public static double[] of(double[] masses) {
        double sum = Arrays.stream(masses).sum();
        double[] result = new double[masses.length];
        double floored = 0;
        for (int k = 0; k < result.length; k++) {
            result[k] = sum > 0 ? Math.max(SMALLEST, masses[k] / sum) : 1;
            floored += result[k];
        }
        for (int k = 0; k < result.length; k++) {
            result[k] /= floored;
        }
        return result;
    }

    /** Entropy in nats; 0 for one block. */
    public static double entropy(double[] shares) {
        double entropy = 0;
        for (double share : shares) {
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return entropy;
    }

    /** Adds log shares to scores, n x K, and makes the rows log-probabilities, in place. */
    static Matrix normalised(Matrix scores, double[] shares) {
        for (int i = 0; i < scores.rows(); i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < shares.length; k++) {
                largest = Math.max(largest, scores.get(i, k));
            }
            // first to the size of the shares: next to a large number their logarithms would be lost
            for (int k = 0; k < shares.length; k++) {
                scores.set(i, k, scores.get(i, k) - largest + Math.log(shares[k]));
            }
        }
        LogSumExp.normaliseRows(scores);
        return scores;
    }

    /**
     * log g_k(x) for other shares than those that the router was fitted with, x given the block being distributed as
     * before: log g_k(x) + log(other_k / shares_k), normalised.
     */
    public static Matrix moved(Matrix logShares, double[] shares, double[] other) {
        Matrix result = logShares.copy();
        for (int i = 0; i < result.rows(); i++) {
            for (int k = 0; k < shares.length; k++) {
                result.set(i, k, result.get(i, k) + Math.log(other[k]) - Math.log(shares[k]));
            }
        }
        LogSumExp.normaliseRows(result);
        return result;
    }
}
