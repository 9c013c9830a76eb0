package dev.assay.route;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.PrimitiveIterator;

/**
 * What the nearest stored examples belong to: g_k(x) = (sum of m_jk over the neighbours j + s g_k) / (sum of all their masses
 * + s). The neighbours are the nearest examples that together have the mass {@code neighbours}; of the last one only the
 * part that is missing counts, so that an example of weight 2 counts as that example twice.
 *
 * @param landmarks M x d, stored examples
 * @param masses m_jk, M x K: the weight of example j times its responsibility for block k
 * @param shares g_k
 * @param neighbours mass of the neighbourhood, above 0
 * @param smoothing s, above 0: the mass that the shares have, so that no block is ever impossible
 */
public record NearestRouter(Matrix landmarks, Matrix masses, double[] shares, double neighbours, double smoothing)
        implements Router {
    /** How it is called. */
    public static final String NAME = "nearest";

    private static final int ROWS = 256;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or neighbours or smoothing are not above 0
     */
    public NearestRouter {
        Shares.check(shares);
        if (masses.rows() != landmarks.rows() || masses.columns() != shares.length) {
            throw new IllegalArgumentException("masses are " + masses.rows() + " x " + masses.columns() + ", expected "
                    + landmarks.rows() + " x " + shares.length);
        }
        if (!(neighbours > 0) || !(smoothing > 0) || Double.isInfinite(neighbours) || Double.isInfinite(smoothing)) {
            throw new IllegalArgumentException("neighbours is " + neighbours + " and smoothing " + smoothing
                    + ", expected finite numbers above 0");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int inputDimension() {
        return landmarks.columns();
    }

    @Override
    public Matrix logShares(Matrix x, Workers workers) {
        Matrix result = new Matrix(x.rows(), shares.length);
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix keys = keys(x.selectRows(from, to), landmarks, workers);
            for (int i = from; i < to; i++) {
                Nearest nearest = new Nearest(keys.row(i - from));
                vote(nearest, result, i);
            }
        });
        return result;
    }

    /** Writes log g_k of one example whose neighbours are given, nearest first. */
    void vote(PrimitiveIterator.OfInt nearest, Matrix result, int row) {
        int blocks = shares.length;
        double[] sums = new double[blocks];
        double missing = neighbours;
        while (missing > 0 && nearest.hasNext()) {
            int j = nearest.nextInt();
            double mass = 0;
            for (int k = 0; k < blocks; k++) {
                mass += masses.get(j, k);
            }
            double part = mass > missing ? missing / mass : 1;
            for (int k = 0; k < blocks; k++) {
                sums[k] += part * masses.get(j, k);
            }
            missing -= mass;
        }
        double total = Arrays.stream(sums).sum() + smoothing;
        for (int k = 0; k < blocks; k++) {
            result.set(row, k, Math.log((sums[k] + smoothing * shares[k]) / total));
        }
    }

    /** For each row and landmark a number that rises with their distance. */
    static Matrix keys(Matrix rows, Matrix landmarks, Workers workers) {
        Matrix result = new Matrix(rows.rows(), landmarks.rows());
        Dense.multiply(-2, rows, Dense.Form.AS_IS, landmarks, Dense.Form.TRANSPOSED, 0, result, workers);
        for (int j = 0; j < landmarks.rows(); j++) {
            int at = landmarks.offset(j);
            double norm = Dense.dot(landmarks.values(), at, landmarks.values(), at, landmarks.columns());
            for (int i = 0; i < rows.rows(); i++) {
                result.set(i, j, result.get(i, j) + norm);
            }
        }
        return result;
    }
}
