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

    private GroupShares() {}

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
        int n = logShares.rows();
        int blocks = common.length;
        double[] gate = new double[n * blocks];
        double[] likelihood = new double[n * blocks];
        for (int i = 0; i < n; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < blocks; k++) {
                largest = Math.max(largest, logLikelihoods.get(i, k));
            }
            for (int k = 0; k < blocks; k++) {
                gate[i * blocks + k] = Math.exp(logShares.get(i, k)) / common[k];
                likelihood[i * blocks + k] = Math.exp(logLikelihoods.get(i, k) - largest);
            }
        }
        Matrix shares = new Matrix(groups, blocks);
        for (int s = 0; s < groups; s++) {
            System.arraycopy(common, 0, shares.values(), shares.offset(s), blocks);
        }
        double[] expected = new double[groups * blocks];
        double[] assumed = new double[groups * blocks];
        double[] b = new double[blocks];
        double move = Double.POSITIVE_INFINITY;
        for (int round = 0; round < LARGEST_ROUNDS && move > SMALL_MOVE; round++) {
            for (int s = 0; s < groups; s++) {
                for (int k = 0; k < blocks; k++) {
                    expected[s * blocks + k] = prior * common[k];
                    assumed[s * blocks + k] = prior * shares.get(s, k);
                }
            }
            for (int i = 0; i < n; i++) {
                int s = group[i];
                if (s < 0 || !(counts[i] > 0)) {
                    continue;
                }
                double sum = 0;
                double joint = 0;
                for (int k = 0; k < blocks; k++) {
                    b[k] = shares.get(s, k) * gate[i * blocks + k];
                    sum += b[k];
                    joint += b[k] * likelihood[i * blocks + k];
                }
                for (int k = 0; k < blocks; k++) {
                    assumed[s * blocks + k] += counts[i] * b[k] / sum;
                    expected[s * blocks + k] +=
                            counts[i] * (joint > 0 ? b[k] * likelihood[i * blocks + k] / joint : b[k] / sum);
                }
            }
            move = 0;
            for (int s = 0; s < groups; s++) {
                double total = 0;
                for (int k = 0; k < blocks; k++) {
                    b[k] = Math.max(SMALLEST, shares.get(s, k) * expected[s * blocks + k] / assumed[s * blocks + k]);
                    total += b[k];
                }
                for (int k = 0; k < blocks; k++) {
                    move = Math.max(move, Math.abs(b[k] / total - shares.get(s, k)));
                    shares.set(s, k, b[k] / total);
                }
            }
        }
        return shares;
    }

    /** c_i of a division's rows: their weight times the probability that any block explains their label. */
    public static double[] explained(Division division) {
        double[] counts = division.data().weights().clone();
        Arrays.setAll(counts, i -> counts[i] * (1 - division.posteriors().get(i, 0)));
        return counts;
    }
}
