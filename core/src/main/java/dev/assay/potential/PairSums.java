package dev.assay.potential;

import dev.assay.influence.GradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * Sums over examples from which the first two moments of X over all pairs follow: with u_i = R^-1 g_i, B = sum w_i u_i
 * u_i', s = sum w_i u_i, sum a_i q_i and sum a_i q_i^2 for q_i = |u_i|^2 and a_i as in {@link PairWeights}.
 */
final class PairSums {
    /** Up to this order every lane of a parallel sum has a B of its own. */
    private static final int LANE_ORDER = 384;

    private static final int LANE_ROWS = 512;

    /** B; only its lower triangle is kept up to date. */
    private final Matrix outer;

    private final double[] direction;
    private double selfInfluence;
    private double squaredSelfInfluence;

    private PairSums(int order) {
        outer = new Matrix(order, order);
        direction = new double[order];
    }

    /** The sums over all examples; O(n p^2). */
    static PairSums of(GradientSpace space, Workers workers) {
        int n = space.size();
        int order = space.dimension();
        if (order <= LANE_ORDER) {
            return workers.reduce(
                    n,
                    LANE_ROWS,
                    () -> new PairSums(order),
                    (sums, from, to) -> sums.add(space, from, to, workers),
                    PairSums::merge);
        }
        // one B for all: the threads share each block's products instead
        PairSums sums = new PairSums(order);
        int rows = Math.max(256, Math.min(4096, (1 << 24) / order));
        for (int from = 0; from < n; from += rows) {
            sums.add(space, from, Math.min(n, from + rows), workers);
        }
        return sums;
    }

    private void add(GradientSpace space, int from, int to, Workers workers) {
        Matrix rows = space.weightedWhitened(from, to, workers);
        double[] weights = space.weights();
        for (int i = from; i < to; i++) {
            if (weights[i] > 0) {
                int offset = rows.offset(i - from);
                double self = Dense.dot(rows.values(), offset, rows.values(), offset, rows.columns()) / weights[i];
                double selfPairs = PairWeights.selfPairs(weights[i]);
                selfInfluence += selfPairs * self;
                squaredSelfInfluence += selfPairs * self * self;
                double root = Math.sqrt(weights[i]);
                for (int k = 0; k < direction.length; k++) {
                    direction[k] += root * rows.values()[offset + k];
                }
            }
        }
        Dense.addLowerGram(rows, outer, workers);
    }

    private PairSums merge(PairSums other) {
        Dense.add(1, other.outer.values(), outer.values());
        Dense.add(1, other.direction, direction);
        selfInfluence += other.selfInfluence;
        squaredSelfInfluence += other.squaredSelfInfluence;
        return this;
    }

    /** B, symmetric. */
    Matrix outer() {
        Dense.mirrorLower(outer);
        return outer;
    }

    /** s. */
    double[] direction() {
        return direction;
    }

    /** sum a_i q_i. */
    double selfInfluence() {
        return selfInfluence;
    }

    /** The sum of X(i, j)^2 over the ordered pairs i != j. */
    double squares() {
        return Dense.squaredNormOfLower(outer) - squaredSelfInfluence;
    }
}
