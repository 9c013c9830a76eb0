package dev.assay.route;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * The same shares for every input: g_k(x) = g_k.
 *
 * @param shares g_k of blocks 1 to K
 * @param inputDimension d
 */
public record PriorRouter(double[] shares, int inputDimension) implements Router {
    /** How it is called. */
    public static final String NAME = "prior";

    /** Checks the shares. */
    public PriorRouter {
        Shares.check(shares);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Matrix logShares(Matrix x, Workers workers) {
        return Shares.normalised(new Matrix(x.rows(), shares.length), shares);
    }
}
