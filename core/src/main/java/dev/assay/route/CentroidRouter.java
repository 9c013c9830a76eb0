package dev.assay.route;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * g_k(x) in proportion to g_k exp(b_k + a cos(x - c, mu_k - c)): the angle to the mean of each block, as an online k-means router
 * has it.
 *
 * @param centre c, from where angles are measured, d
 * @param means mu_k, K x d
 * @param shares g_k
 * @param offsets b_k, which keep the mean of g_k(x) at g_k
 * @param sharpness a, at least 0: one over the temperature; 0 gives the shares whatever x is, with offsets of 0
 */
public record CentroidRouter(double[] centre, Matrix means, double[] shares, double[] offsets, double sharpness)
        implements Router {
    /** How it is called. */
    public static final String NAME = "centroid";

    private static final int ROWS = 1024;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or the sharpness is negative
     */
    public CentroidRouter {
        Shares.check(shares);
        if (means.rows() != shares.length || means.columns() != centre.length || offsets.length != shares.length) {
            throw new IllegalArgumentException("means are " + means.rows() + " x " + means.columns() + ", expected "
                    + shares.length + " x " + centre.length + ", and as many offsets, got " + offsets.length);
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
        return centre.length;
    }

    @Override
    public Matrix logShares(Matrix x, Workers workers) {
        return ShareCalibration.logShares(cosines(x, centre, means, workers), shares, offsets, sharpness);
    }

    /** cos(x_i - c, mu_k - c), n x K; 0 where either is at the centre. */
    static Matrix cosines(Matrix x, double[] centre, Matrix means, Workers workers) {
        Matrix directions = directions(means, centre);
        Matrix result = new Matrix(x.rows(), means.rows());
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            double[] moved = new double[centre.length];
            for (int i = from; i < to; i++) {
                direction(x, i, centre, moved);
                for (int k = 0; k < means.rows(); k++) {
                    result.set(i, k, Dense.dot(moved, 0, directions.values(), directions.offset(k), centre.length));
                }
            }
        });
        return result;
    }

    private static Matrix directions(Matrix means, double[] centre) {
        Matrix result = new Matrix(means.rows(), means.columns());
        double[] moved = new double[centre.length];
        for (int k = 0; k < means.rows(); k++) {
            direction(means, k, centre, moved);
            System.arraycopy(moved, 0, result.values(), result.offset(k), moved.length);
        }
        return result;
    }

    /** Writes (x_i - c) / |x_i - c|, or zeros where that has no direction. */
    private static void direction(Matrix x, int row, double[] centre, double[] out) {
        double squares = 0;
        for (int j = 0; j < centre.length; j++) {
            out[j] = x.get(row, j) - centre[j];
            squares += out[j] * out[j];
        }
        double length = Math.sqrt(squares);
        for (int j = 0; j < centre.length; j++) {
            out[j] = length > 0 ? out[j] / length : 0;
        }
    }
}
