package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * Which block an input belongs to: log g_k(x), fitted to the responsibilities of a division. Plain numbers that can be
 * stored; immutable.
 */
public interface Router {
    /** How command line, reports and model folders call it. */
    String name();

    /** K. */
    int blocks();

    /** d, the features it takes, the bias included. */
    int inputDimension();

    /**
     * log g_k(x) of blocks 1 to K (block k in column k - 1), in nats; the exponentials of a row add up to 1.
     *
     * @param x n x d, the bias last
     */
    Matrix logShares(Matrix x, Workers workers);
}
