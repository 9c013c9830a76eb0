package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;

/**
 * Rows in the two directions in which they vary most: a flat picture of a data set.
 *
 * @param coordinates n x 2, or n x 1 where the features vary in one direction only; each column has mean 0
 * @param shares of the variance of all features that each direction has, largest first
 * @param loadings 2 x d, orthonormal rows; the sign is such that the largest entry is positive
 */
public record PrincipalComponents(Matrix coordinates, double[] shares, Matrix loadings) {
    private static final int DIRECTIONS = 2;
    private static final double SMALLEST_SHARE = 1e-9;

    /** The components of x, which need not be centred; O(min(n, d)^2 max(n, d)). Constant columns have no part in it. */
    public static PrincipalComponents of(Matrix x, Workers workers) {
        int n = x.rows();
        int d = x.columns();
        Matrix centred = x.copy();
        double total = 0;
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x.get(i, j);
            }
            for (int i = 0; i < n; i++) {
                double value = x.get(i, j) - sum / n;
                centred.set(i, j, value);
                total += value * value;
            }
        }
        boolean tall = n >= d;
        SymmetricEigen eigen = SymmetricEigen.of(
                tall ? Dense.gram(centred, null, workers) : Dense.multiplyTransposed(centred, centred, workers));
        // ascending
        int count = 0;
        while (count < Math.min(DIRECTIONS, eigen.values().length)
                && eigen.values()[eigen.values().length - 1 - count] > SMALLEST_SHARE * total) {
            count++;
        }
        int[] leading = new int[count];
        double[] shares = new double[count];
        for (int k = 0; k < count; k++) {
            leading[k] = eigen.values().length - 1 - k;
            shares[k] = eigen.values()[leading[k]] / total;
        }
        Matrix vectors = eigen.vectors().selectRows(leading);
        Matrix loadings = tall ? vectors : Dense.multiply(vectors, centred, workers);
        for (int k = 0; k < count; k++) {
            orient(loadings, k, tall ? 1 : 1 / Math.sqrt(eigen.values()[leading[k]]));
        }
        return new PrincipalComponents(Dense.multiplyTransposed(centred, loadings, workers), shares, loadings);
    }

    /** Scales a row and makes its largest entry positive. */
    private static void orient(Matrix loadings, int row, double scale) {
        int largest = 0;
        for (int j = 0; j < loadings.columns(); j++) {
            if (Math.abs(loadings.get(row, j)) > Math.abs(loadings.get(row, largest)) * (1 + 1e-9)) {
                largest = j;
            }
        }
        double sign = loadings.get(row, largest) < 0 ? -scale : scale;
        for (int j = 0; j < loadings.columns(); j++) {
            loadings.set(row, j, sign * loadings.get(row, j));
        }
    }
}
