package dev.assay.compare;

import dev.assay.divide.Division;
import dev.assay.linalg.Matrix;
import java.util.Arrays;

/**
 * Shares of the blocks inside of groups of rows, such as the rows of one source or those with one value of a column: for
 * each group s the shares q_s under which
 *
 * <pre>  sum over i in s of c_i log sum_k b_ik p_k(y_i|x_i),     b_ik in proportion to (q_sk / g_k) g_k(x_i),</pre>
 *
 * is largest, by expectation maximisation from g. What x says is not counted twice: where x alone tells the block, q_s stays g.
 * So many rows whose features say nothing and whose blocks have the shares g are added to each group: small groups stay near g.
 *
 * <p>Experts and shares must not have seen the rows. O(n K) a round.
 */
public final class GroupShares {
    private static final int LARGEST_ROUNDS = 500;
    private static final double SMALL_MOVE = 1e-7;
    private static final double SMALLEST = 1e-9;

    private final double[] gate;
    private final double[] likelihood;
    private final double[] counts;
    private final int[] group;
    private final double[] common;
    private final double prior;
    private final Matrix shares;
    private final Matrix assumed;
    private final Matrix expected;

    private GroupShares(
            Matrix logShares,
            Matrix logLikelihoods,
            double[] counts,
            int[] group,
            int groups,
            double[] common,
            double prior) {
        int blocks = common.length;
        this.counts = counts;
        this.group = group;
        this.common = common;
        this.prior = prior;
        this.gate = new double[group.length * blocks];
        this.likelihood = new double[group.length * blocks];
        for (int i = 0; i < group.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < blocks; k++) {
                largest = Math.max(largest, logLikelihoods.get(i, k));
            }
            for (int k = 0; k < blocks; k++) {
                gate[i * blocks + k] = Math.exp(logShares.get(i, k)) / common[k];
                likelihood[i * blocks + k] = Math.exp(logLikelihoods.get(i, k) - largest);
            }
        }
        this.shares = new Matrix(groups, blocks);
        for (int s = 0; s < groups; s++) {
            System.arraycopy(common, 0, shares.values(), shares.offset(s), blocks);
        }
        this.assumed = new Matrix(groups, blocks);
        this.expected = new Matrix(groups, blocks);
    }

    /**
     * Estimates the shares of all groups.
     *
     * @param logShares n x K, log g_k(x_i)
     * @param logLikelihoods n x K, log p_k(y_i|x_i)
     * @param counts c_i of each row, at least 0
     * @param group of each row, from 0; -1 for rows that take no part
     * @param groups how many
     * @param common g, above 0, adding up to 1
     * @param prior how many rows are added to each group, above 0
     * @return groups x K, above 0, each row adding up to 1; g for a group without rows
     */
    public static Matrix of(
            Matrix logShares,
            Matrix logLikelihoods,
            double[] counts,
            int[] group,
            int groups,
            double[] common,
            double prior) {
        GroupShares fit = new GroupShares(logShares, logLikelihoods, counts, group, groups, common, prior);
        double move = Double.POSITIVE_INFINITY;
        for (int round = 0; round < LARGEST_ROUNDS && move > SMALL_MOVE; round++) {
            fit.expect();
            move = fit.maximise();
        }
        return fit.shares;
    }

    /** How many rows of each block a group has, by x alone ({@code assumed}) and by label and x ({@code expected}). */
    private void expect() {
        int blocks = common.length;
        for (int s = 0; s < shares.rows(); s++) {
            for (int k = 0; k < blocks; k++) {
                expected.set(s, k, prior * common[k]);
                assumed.set(s, k, prior * shares.get(s, k));
            }
        }
        double[] b = new double[blocks];
        for (int i = 0; i < group.length; i++) {
            if (group[i] < 0 || !(counts[i] > 0)) {
                continue;
            }
            int at = shares.offset(group[i]);
            double sum = 0;
            double joint = 0;
            for (int k = 0; k < blocks; k++) {
                b[k] = shares.values()[at + k] * gate[i * blocks + k];
                sum += b[k];
                joint += b[k] * likelihood[i * blocks + k];
            }
            for (int k = 0; k < blocks; k++) {
                assumed.values()[at + k] += counts[i] * b[k] / sum;
                expected.values()[at + k] +=
                        counts[i] * (joint > 0 ? b[k] * likelihood[i * blocks + k] / joint : b[k] / sum);
            }
        }
    }

    /** The next shares; returns the largest change. */
    private double maximise() {
        double move = 0;
        double[] next = new double[common.length];
        for (int s = 0; s < shares.rows(); s++) {
            double total = 0;
            for (int k = 0; k < next.length; k++) {
                next[k] = Math.max(SMALLEST, shares.get(s, k) * expected.get(s, k) / assumed.get(s, k));
                total += next[k];
            }
            for (int k = 0; k < next.length; k++) {
                move = Math.max(move, Math.abs(next[k] / total - shares.get(s, k)));
                shares.set(s, k, next[k] / total);
            }
        }
        return move;
    }

    /** c_i of a division's rows: their weight times the probability that any block explains their label. */
    public static double[] explained(Division division) {
        double[] counts = division.data().weights().clone();
        Arrays.setAll(counts, i -> counts[i] * (1 - division.posteriors().get(i, 0)));
        return counts;
    }
}
