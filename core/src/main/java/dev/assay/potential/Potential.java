package dev.assay.potential;

import dev.assay.influence.CompactForm;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * Mean and population variance of X(i, j) = -g_j' H^-1 g_i over the ordered pairs i != j. The variance is V, the potential:
 * larger = more mixed.
 *
 * <p>Without the n x n matrix: with H = R R', u_i = R^-1 g_i, B = sum w_i u_i u_i', q_i = |u_i|^2, s = sum w_i u_i, W = sum
 * w_i and N = W (W - 1),
 *
 * <pre>
 *   mean = -(|s|^2 - sum w_i q_i) / N
 *   V    = (|B|_F^2 - sum w_i q_i^2) / N - mean^2
 * </pre>
 *
 * <p>An example of weight 2 counts as the same example twice, the pair of the two copies included; a weight of 0 is as good
 * as no example.
 *
 * @param variance V
 * @param mean mean of X; negative where examples help each other on average
 * @param totalWeight W, the number of examples where all weights are 1
 */
public record Potential(double variance, double mean, double totalWeight) {
    /**
     * V and mean for the gradients and the Hessian of {@code at}; O(n p^2 + p^3) time with p = c * min(n, d), two p x p
     * matrices beyond the data.
     *
     * @throws IllegalArgumentException if the total weight is not above 1
     * @throws dev.assay.linalg.NotPositiveDefiniteException if H is singular, which a ridge above 0 rules out
     */
    public static Potential of(Linearization at, Workers workers) {
        return ofCompact(CompactForm.of(at, workers), workers);
    }

    /** The same for an objective that is in its compact form already. */
    static Potential ofCompact(Linearization at, Workers workers) {
        double total = at.objective().data().totalWeight();
        if (!(total > 1)) {
            throw new IllegalArgumentException(
                    "the examples weigh " + total + " in all, expected more than 1: there is no pair to speak of");
        }
        Cholesky factor = Cholesky.factorInPlace(at.hessian(workers), workers);
        PairSums sums = PairSums.of(at, factor, workers);
        double pairs = total * (total - 1);
        double mean = -(Dense.dot(sums.direction(), sums.direction()) - sums.selfInfluence()) / pairs;
        double second = sums.squares() / pairs;
        return new Potential(second - mean * mean, mean, total);
    }
}
