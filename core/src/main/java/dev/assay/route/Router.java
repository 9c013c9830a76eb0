package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * Which block an input belongs to: log g_k(x), fitted to the responsibilities of a division. Plain numbers that can be
 * stored; immutable.
 *
 * <p>Every router falls back on the shares of the blocks as its own part goes to nothing, so that where x says nothing
 * about the block the router says no more than that.
 */
public interface Router {
    /** How command line, reports and model folders call it. */
    String name();

    /** K. */
    default int blocks() {
        return shares().length;
    }

    /** d, the features it takes, the bias included. */
    int inputDimension();

    /** Shares of blocks 1 to K whatever x is, above 0, adding up to 1. */
    double[] shares();

    /**
     * log g_k(x) of blocks 1 to K (block k in column k - 1), in nats, finite; the exponentials of a row add up to 1.
     *
     * @param x n x d, the bias last
     */
    Matrix logShares(Matrix x, Workers workers);
}
