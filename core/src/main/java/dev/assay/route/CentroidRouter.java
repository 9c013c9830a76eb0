package dev.assay.route;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * g_k(x) in proportion to g_k exp(a cos(x - c, mu_k - c)): the angle to the mean of each block, as an online k-means router
 * has it.
 *
 * @param centre c, from where angles are measured, d
 * @param means mu_k, K x d
 * @param shares g_k
 * @param sharpness a, at least 0: one over the temperature; 0 gives the shares whatever x is
 */
public record CentroidRouter(double[] centre, Matrix means, double[] shares, double sharpness) implements Router {
    /** How it is called. */
    public static final String NAME = "centroid";

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or the sharpness is negative
     */
    public CentroidRouter {
        Shares.check(shares);
        if (means.rows() != shares.length || means.columns() != centre.length) {
            throw new IllegalArgumentException("means are " + means.rows() + " x " + means.columns() + ", expected "
                    + shares.length + " x " + centre.length);
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
        Matrix scores = cosines(x, centre, means);
        double[] values = scores.values();
        for (int j = 0; j < values.length; j++) {
            values[j] *= sharpness;
        }
        return Shares.normalised(scores, shares);
    }

    /** cos(x_i - c, mu_k - c), n x K; 0 where either is at the centre. */
    static Matrix cosines(Matrix x, double[] centre, Matrix means) {
        Matrix directions = directions(means, centre);
        Matrix result = new Matrix(x.rows(), means.rows());
        double[] moved = new double[centre.length];
        for (int i = 0; i < x.rows(); i++) {
            double length = direction(x, i, centre, moved);
            for (int k = 0; k < means.rows(); k++) {
                double product = Dense.dot(moved, 0, directions.values(), directions.offset(k), centre.length);
                result.set(i, k, length > 0 ? product : 0);
            }
        }
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

    /** Writes (x_i - c) / |x_i - c| and returns the length, 0 with a direction of zeros where there is none. */
    private static double direction(Matrix x, int row, double[] centre, double[] out) {
        double squares = 0;
        for (int j = 0; j < centre.length; j++) {
            out[j] = x.get(row, j) - centre[j];
            squares += out[j] * out[j];
        }
        double length = Math.sqrt(squares);
        for (int j = 0; j < centre.length; j++) {
            out[j] = length > 0 ? out[j] / length : 0;
        }
        return length;
    }
}
