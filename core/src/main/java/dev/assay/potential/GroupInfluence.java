package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * What more weight for one group of examples does to the loss of another, all explained by one model.
 *
 * <p>I(A, B) is the mean of X(i, j) over i in A and j in B, i != j, each pair weighted by w_i w_j: the rate at which the
 * mean loss of B changes when A gets more weight. Negative: A helps B; positive: A harms B. X is symmetric, and so is I.
 * With s_A = sum over A of w_i g_i and W_A the sum of its weights
 *
 * <pre>
 *   I(A, B) = -s_B' H^-1 s_A / (W_A W_B)                                         A != B
 *   I(A, A) = -(s_A' H^-1 s_A - sum a_i q_i) / (W_A^2 - sum a_i)                 a_i as in {@link Potential}
 * </pre>
 *
 * <p>so nothing of order n^2 is formed: O(n p^2 + S p^2) for S groups. At the minimum the s_A add up to almost nothing, so
 * the groups compete: what helps one must harm another. {@code chance} tells how much of that is to be expected of groups
 * drawn at random.
 *
 * @param means S x S, I(A, B) in row A and column B; NaN where there is no pair
 * @param chance S x S, about the standard deviation of I(A, B) over groups of the same sizes drawn at random, sqrt(V / pairs)
 *     and on the diagonal sqrt(2 V / pairs); their mean is the mean of X over all pairs
 * @param mean of X over all pairs
 */
public record GroupInfluence(Matrix means, Matrix chance, double mean) {
    private static final int ROWS = 512;

    /** Sums over the examples of each group. */
    private static final class Sums {
        private final Matrix gradients;
        private final double[] weight;
        private final double[] selfPairs;
        private final double[] selfInfluence;

        Sums(int groups, int parameters) {
            gradients = new Matrix(groups, parameters);
            weight = new double[groups];
            selfPairs = new double[groups];
            selfInfluence = new double[groups];
        }

        Sums merge(Sums other) {
            Dense.add(1, other.gradients.values(), gradients.values());
            Dense.add(1, other.weight, weight);
            Dense.add(1, other.selfPairs, selfPairs);
            Dense.add(1, other.selfInfluence, selfInfluence);
            return this;
        }
    }

    /**
     * Influences between groups.
     *
     * @param groups the group of each example, from 0 to {@code count} - 1
     */
    public static GroupInfluence of(GradientSpace space, int[] groups, int count, Workers workers) {
        double[] weights = space.weights();
        if (groups.length != weights.length) {
            throw new IllegalArgumentException(groups.length + " groups for " + weights.length + " examples");
        }
        int order = space.dimension();
        Sums sums = workers.reduce(
                groups.length,
                ROWS,
                () -> new Sums(count, order),
                (sum, from, to) -> {
                    Matrix rows = space.whitened(from, to, workers);
                    for (int i = from; i < to; i++) {
                        int group = groups[i];
                        int offset = rows.offset(i - from);
                        double selfPairs = PairWeights.selfPairs(weights[i]);
                        sum.weight[group] += weights[i];
                        sum.selfPairs[group] += selfPairs;
                        sum.selfInfluence[group] +=
                                selfPairs * Dense.dot(rows.values(), offset, rows.values(), offset, order);
                        int target = sum.gradients.offset(group);
                        for (int k = 0; k < order; k++) {
                            sum.gradients.values()[target + k] += weights[i] * rows.values()[offset + k];
                        }
                    }
                },
                Sums::merge);
        Potential potential = Potential.of(space, workers);
        Matrix products = Dense.multiplyTransposed(sums.gradients, sums.gradients, workers);
        Matrix means = new Matrix(count, count);
        Matrix chance = new Matrix(count, count);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                boolean same = a == b;
                double pairs = sums.weight[a] * sums.weight[b] - (same ? sums.selfPairs[a] : 0);
                double total = products.get(a, b) - (same ? sums.selfInfluence[a] : 0);
                boolean any = pairs > 1e-9 * sums.weight[a] * sums.weight[b];
                means.set(a, b, any ? -total / pairs : Double.NaN);
                chance.set(a, b, any ? Math.sqrt((same ? 2 : 1) * potential.variance() / pairs) : Double.NaN);
            }
        }
        return new GroupInfluence(means, chance, potential.mean());
    }
}
