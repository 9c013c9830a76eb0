package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * The Adaptive Clustering router (Nielsen and others, "Tight Clusters Make Specialized Experts", arXiv 2502.15315): distances
 * to the blocks' means, in a space stretched along the features in which a block is tight.
 *
 * <p>g_k(x) in proportion to g_k exp(b_k - a D_k(x)), with D_k(x) = (1/d) sum_q v_q (x_q - mu_kq)^2. Where {@code perCandidate},
 * each block measures in its own space, v = v_k. Otherwise, as in the paper, one space serves all blocks: that of the block
 * to which x is assigned, found by assigning and measuring in turn until the assignment stays (the paper takes the
 * assignment of the layer before; here there is one layer).
 *
 * @param means mu_k, K x d
 * @param scales v_k, K x d, at least 0: one over the spread of the block's members in each feature
 * @param shares g_k
 * @param offsets b_k, which keep the mean of g_k(x) at g_k
 * @param sharpness a, at least 0: one over the temperature; 0 gives the shares whatever x is, with offsets of 0
 * @param perCandidate whether each block measures in its own space
 */
public record AdaptiveClusteringRouter(
        Matrix means, Matrix scales, double[] shares, double[] offsets, double sharpness, boolean perCandidate)
        implements Router {
    /** How it is called. */
    public static final String NAME = "adaptive-clustering";

    private static final int ROWS = 1024;
    /** Assignments can go round in circles; after so many rounds the last one stands. */
    public static final int ROUNDS = 10;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or the sharpness is negative
     */
    public AdaptiveClusteringRouter {
        Shares.check(shares);
        if (means.rows() != shares.length || scales.rows() != shares.length || scales.columns() != means.columns()) {
            throw new IllegalArgumentException("means are " + means.rows() + " x " + means.columns() + ", scales "
                    + scales.rows() + " x " + scales.columns() + ", and " + offsets.length + " offsets, for "
                    + shares.length + " blocks");
        }
        if (!(sharpness >= 0) || Double.isInfinite(sharpness)) {
            throw new IllegalArgumentException(
                    "sharpness is " + sharpness + ", expected a finite number of at least 0");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int inputDimension() {
        return means.columns();
    }

    @Override
    public Matrix logShares(Matrix x, Workers workers) {
        return ShareCalibration.logShares(
                distances(x, means, scales, perCandidate, workers), shares, offsets, -sharpness);
    }

    /** D_k(x_i), n x K; O(n d K) a round. */
    static Matrix distances(Matrix x, Matrix means, Matrix scales, boolean perCandidate, Workers workers) {
        int blocks = means.rows();
        Matrix result = new Matrix(x.rows(), blocks);
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            double[] row = new double[blocks];
            for (int i = from; i < to; i++) {
                for (int k = 0; k < blocks; k++) {
                    row[k] = distance(x, i, means, k, scales, perCandidate ? k : -1);
                }
                if (!perCandidate) {
                    settle(x, i, means, scales, row);
                }
                System.arraycopy(row, 0, result.values(), result.offset(i), blocks);
            }
        });
        return result;
    }

    private static void settle(Matrix x, int i, Matrix means, Matrix scales, double[] row) {
        int assigned = -1;
        for (int round = 0; round < ROUNDS; round++) {
            int nearest = nearest(row);
            if (nearest == assigned) {
                return;
            }
            assigned = nearest;
            for (int k = 0; k < row.length; k++) {
                row[k] = distance(x, i, means, k, scales, assigned);
            }
        }
    }

    private static int nearest(double[] distances) {
        int best = 0;
        for (int k = 1; k < distances.length; k++) {
            if (distances[k] < distances[best]) {
                best = k;
            }
        }
        return best;
    }

    private static double distance(Matrix x, int i, Matrix means, int k, Matrix scales, int space) {
        int d = x.columns();
        double sum = 0;
        for (int q = 0; q < d; q++) {
            double apart = x.get(i, q) - means.get(k, q);
            sum += (space < 0 ? 1 : scales.get(space, q)) * apart * apart;
        }
        return sum / d;
    }
}
