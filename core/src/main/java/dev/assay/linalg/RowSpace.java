package dev.assay.linalg;

import static dev.assay.linalg.NativeLibraries.LAPACK_LIBRARY;

import dev.assay.work.Workers;
import org.netlib.util.intW;

/**
 * The rows of an n x d matrix with n below d, written in an orthonormal basis of n directions that spans them: X = Z Q'.
 *
 * <p>Whatever depends on X through products x_i' x_j, or through x_i' theta with a ridge on theta, is unchanged, and d
 * becomes n. By Householder QR of X', so nothing is dropped and nothing is squared; O(n^2 d).
 *
 * @param coordinates Z, n x n
 * @param basis Q' with one direction per row, n x d
 */
public record RowSpace(Matrix coordinates, Matrix basis) {
    /**
     * Factors X.
     *
     * @throws IllegalArgumentException if X has fewer columns than rows
     */
    public static RowSpace of(Matrix x) {
        int n = x.rows();
        int d = x.columns();
        if (d < n) {
            throw new IllegalArgumentException("a " + n + " x " + d + " matrix already has fewer columns than rows");
        }
        Matrix basis = x.copy();
        double[] tau = new double[n];
        intW info = new intW(0);
        double[] size = new double[1];
        LAPACK_LIBRARY.dgeqrf(d, n, basis.values(), d, tau, size, -1, info);
        double[] work = new double[Math.max((int) size[0], 64 * n)];
        LAPACK_LIBRARY.dgeqrf(d, n, basis.values(), d, tau, work, work.length, info);
        Matrix coordinates = new Matrix(n, n);
        for (int i = 0; i < n; i++) {
            System.arraycopy(basis.values(), basis.offset(i), coordinates.values(), coordinates.offset(i), i + 1);
        }
        LAPACK_LIBRARY.dorgqr(d, n, n, basis.values(), d, tau, work, work.length, info);
        return new RowSpace(coordinates, basis);
    }

    /** Parameters for the coordinates (one row per logit, n columns) as parameters for the original columns. */
    public Matrix toOriginal(Matrix parameters, Workers workers) {
        return Dense.multiply(parameters, basis, workers);
    }

    /** Parameters for the original columns (one row per logit, d columns) as parameters for the coordinates. */
    public Matrix toCoordinates(Matrix parameters, Workers workers) {
        return Dense.multiplyTransposed(parameters, basis, workers);
    }
}
