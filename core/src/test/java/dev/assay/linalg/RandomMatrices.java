package dev.assay.linalg;

import java.util.SplittableRandom;

/** Test matrices of chosen shape and conditioning. */
public final class RandomMatrices {
    private RandomMatrices() {}

    /** Standard normal entries. */
    public static Matrix normal(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = new Matrix(rows, columns);
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = random.nextGaussian();
        }
        return result;
    }

    /** The Hilbert matrix plus a multiple of the identity: badly conditioned, with known entries. */
    public static Matrix hilbert(int order, double ridge) {
        Matrix result = new Matrix(order, order);
        for (int i = 0; i < order; i++) {
            for (int j = 0; j < order; j++) {
                result.set(i, j, 1.0 / (i + j + 1));
            }
        }
        result.addToDiagonal(ridge);
        return result;
    }
}
