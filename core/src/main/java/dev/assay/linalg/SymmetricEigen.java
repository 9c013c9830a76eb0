package dev.assay.linalg;

import static dev.assay.linalg.NativeLibraries.LAPACK_LIBRARY;

import org.netlib.util.intW;

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix.
 *
 * @param values the eigenvalues, ascending
 * @param vectors one eigenvector per ROW, in the order of the values
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
    /** Decomposes {@code matrix}, of which only the lower triangle is read; O(n^3). */
    public static SymmetricEigen of(Matrix matrix) {
        int n = matrix.rows();
        Matrix vectors = matrix.copy();
        double[] values = new double[n];
        if (n == 0) {
            return new SymmetricEigen(values, vectors);
        }
        intW info = new intW(0);
        double[] size = new double[1];
        int[] integerSize = new int[1];
        LAPACK_LIBRARY.dsyevd("V", "U", n, vectors.values(), n, values, size, -1, integerSize, -1, info);
        double[] work = new double[(int) size[0]];
        int[] integerWork = new int[integerSize[0]];
        LAPACK_LIBRARY.dsyevd(
                "V", "U", n, vectors.values(), n, values, work, work.length, integerWork, integerWork.length, info);
        if (info.val != 0) {
            throw new IllegalStateException("the eigenvalues of a " + n + " x " + n
                    + " matrix did not converge (LAPACK code " + info.val + ")");
        }
        return new SymmetricEigen(values, vectors);
    }

    /**
     * Indices of the largest eigenvalues, largest first.
     *
     * @param count how many at most
     * @param smallest those that are no larger than this share of the largest are left out
     */
    public int[] leading(int count, double smallest) {
        int n = values.length;
        int found = 0;
        while (found < Math.min(n, count) && values[n - 1 - found] > smallest * values[n - 1]) {
            found++;
        }
        int[] result = new int[found];
        for (int k = 0; k < found; k++) {
            result[k] = n - 1 - k;
        }
        return result;
    }
}
