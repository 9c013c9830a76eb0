package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.work.Workers;

/**
 * Mean and population variance of X(i, j) = -g_j' H^-1 g_i over the ordered pairs i != j. The variance is V, the potential:
 * larger = more mixed.
 *
 * <p>Without the n x n matrix: with H = R R', u_i = R^-1 g_i, B = sum w_i u_i u_i', q_i = |u_i|^2, s = sum w_i u_i, W = sum
 * w_i, a_i = w_i min(1, w_i) and N = W^2 - sum a_i,
 *
 * <pre>
 *   mean = -(|s|^2 - sum a_i q_i) / N
 *   V    = (|B|_F^2 - sum a_i q_i^2) / N - mean^2
 * </pre>
 *
 * <p>Where all weights are 1, a_i = 1 and N = n (n - 1). An example of weight 2 counts as the same example twice, the pair of
 * the two copies included; a weight of 0 is as good as no example; one below 1 has no copy to make a pair with.
 *
 * @param variance V
 * @param mean mean of X; negative where examples help each other on average
 * @param totalWeight W, the number of examples where all weights are 1
 */
public record Potential(double variance, double mean, double totalWeight) {
    /**
     * V and mean; O(n p^2), a p x p matrix beyond the space.
     *
     * @throws IllegalArgumentException if there is no pair
     */
    public static Potential of(GradientSpace space, Workers workers) {
        double pairs = PairWeights.pairs(space.weights());
        PairSums sums = PairSums.of(space, workers);
        double mean = -(Dense.dot(sums.direction(), sums.direction()) - sums.selfInfluence()) / pairs;
        double second = sums.squares() / pairs;
        return new Potential(second - mean * mean, mean, PairWeights.total(space.weights()));
    }
}
