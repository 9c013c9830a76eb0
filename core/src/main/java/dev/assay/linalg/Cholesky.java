package dev.assay.linalg;

import static dev.assay.linalg.NativeLibraries.BLAS_LIBRARY;
import static dev.assay.linalg.NativeLibraries.LAPACK_LIBRARY;

import dev.assay.work.Workers;
import org.netlib.util.intW;

/**
 * The Cholesky factor R (lower triangular, H = R R') of a symmetric positive definite matrix of order p.
 *
 * <p>Immutable; may be used from several threads. Factoring costs p^3/3 multiplications.
 */
public final class Cholesky {
    /** Order of the blocks of a large factorisation; part of the result's bytes. */
    private static final int BLOCK = 256;

    private static final int ROWS_PER_PANEL = 256;

    private final Matrix factor;

    private Cholesky(Matrix factor) {
        this.factor = factor;
    }

    /**
     * Factors a copy of {@code matrix}, of which only the lower triangle is read.
     *
     * @throws NotPositiveDefiniteException if a pivot is not above zero
     */
    public static Cholesky factor(Matrix matrix, Workers workers) {
        return factorInPlace(matrix.copy(), workers);
    }

    /**
     * Factors {@code matrix} into its own storage: it must not be used afterwards. Only the lower triangle is read.
     *
     * @throws NotPositiveDefiniteException if a pivot is not above zero
     */
    public static Cholesky factorInPlace(Matrix matrix, Workers workers) {
        int n = matrix.rows();
        if (n != matrix.columns()) {
            throw new IllegalArgumentException("a " + n + " x " + matrix.columns() + " matrix is not square");
        }
        for (int from = 0; from < n; from += BLOCK) {
            int to = Math.min(n, from + BLOCK);
            factorDiagonal(matrix, from, to);
            eliminateBelow(matrix, from, to, workers);
        }
        return new Cholesky(matrix);
    }

    private static void factorDiagonal(Matrix matrix, int from, int to) {
        int n = matrix.columns();
        intW info = new intW(0);
        // a row-major lower triangle is a column-major upper one: R' of LAPACK's point of view
        LAPACK_LIBRARY.dpotrf("U", to - from, matrix.values(), matrix.offset(from) + from, n, info);
        if (info.val != 0) {
            throw new NotPositiveDefiniteException(n, from + info.val);
        }
    }

    private static void eliminateBelow(Matrix matrix, int from, int to, Workers workers) {
        int n = matrix.columns();
        double[] values = matrix.values();
        int diagonal = matrix.offset(from) + from;
        workers.forEachBlock(n - to, BLOCK, (start, end) -> {
            // through a copy: the bounds check of dtrsm wants whole rows behind the last one
            int width = to - from;
            double[] panel = new double[(end - start) * width];
            for (int i = start; i < end; i++) {
                System.arraycopy(values, matrix.offset(to + i) + from, panel, (i - start) * width, width);
            }
            BLAS_LIBRARY.dtrsm("L", "U", "T", "N", width, end - start, 1, values, diagonal, n, panel, 0, width);
            for (int i = start; i < end; i++) {
                System.arraycopy(panel, (i - start) * width, values, matrix.offset(to + i) + from, width);
            }
        });
        workers.forEachBlock(n - to, BLOCK, (start, end) -> {
            int row = to + start;
            int rowEnd = to + end;
            // rows [row, rowEnd), columns [to, rowEnd): minus the product with the rows of the panel
            BLAS_LIBRARY.dgemm(
                    "T",
                    "N",
                    rowEnd - to,
                    rowEnd - row,
                    to - from,
                    -1,
                    values,
                    matrix.offset(to) + from,
                    n,
                    values,
                    matrix.offset(row) + from,
                    n,
                    1,
                    values,
                    matrix.offset(row) + to,
                    n);
        });
    }

    /** p. */
    public int order() {
        return factor.rows();
    }

    /** H^-1 b; O(p^2). */
    public double[] solve(double[] b) {
        double[] x = b.clone();
        int n = order();
        check(b.length);
        BLAS_LIBRARY.dtrsv("U", "T", "N", n, factor.values(), n, x, 1);
        BLAS_LIBRARY.dtrsv("U", "N", "N", n, factor.values(), n, x, 1);
        return x;
    }

    /** Replaces every row g of {@code rows} by H^-1 g; O(rows p^2). */
    public void solveRows(Matrix rows, Workers workers) {
        halfSolveRows(rows, workers);
        backSolveRows(rows, workers);
    }

    /** Replaces every row g by R^-1 g, so that |R^-1 g|^2 = g' H^-1 g; O(rows p^2). */
    public void halfSolveRows(Matrix rows, Workers workers) {
        triangularSolveRows(rows, "T", workers);
    }

    /** Replaces every row u by R'^-1 u; O(rows p^2). */
    public void backSolveRows(Matrix rows, Workers workers) {
        triangularSolveRows(rows, "N", workers);
    }

    private void triangularSolveRows(Matrix rows, String transposition, Workers workers) {
        int n = order();
        check(rows.columns());
        if (n == 0) {
            return;
        }
        workers.forEachBlock(
                rows.rows(),
                ROWS_PER_PANEL,
                (from, to) -> BLAS_LIBRARY.dtrsm(
                        "L",
                        "U",
                        transposition,
                        "N",
                        n,
                        to - from,
                        1,
                        factor.values(),
                        0,
                        n,
                        rows.values(),
                        rows.offset(from),
                        n));
    }

    /** H^-1 in full, symmetric; O(p^3). */
    public Matrix inverse(Workers workers) {
        Matrix result = Matrix.identity(order());
        solveRows(result, workers);
        // solved row by row, the two triangles differ in the last bits
        Dense.mirrorLower(result);
        return result;
    }

    /**
     * The lower triangle (row-major) of H^-1, what is above it undefined; two thirds of p^3 multiplications, a third of
     * {@link #inverse}, on this thread.
     */
    public Matrix lowerInverse() {
        Matrix result = factor.copy();
        int n = order();
        intW info = new intW(0);
        LAPACK_LIBRARY.dpotri("U", n, result.values(), n, info);
        if (info.val != 0) {
            throw new NotPositiveDefiniteException(n, info.val);
        }
        return result;
    }

    /** log det H. */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < order(); i++) {
            sum += Math.log(factor.get(i, i));
        }
        return 2 * sum;
    }

    private void check(int length) {
        if (length != order()) {
            throw new IllegalArgumentException("a factor of order " + order() + " got vectors of length " + length);
        }
    }
}
