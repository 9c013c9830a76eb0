package dev.assay.linalg;

import static dev.assay.linalg.NativeLibraries.BLAS_LIBRARY;

import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Products of dense matrices, in parallel over tiles whose size depends on the operands alone.
 *
 * <p>Row-major matrices are column-major transposes, so a product C = A B is computed as C' = B' A'.
 */
public final class Dense {
    private static final int TILE_ROWS = 256;
    private static final int TILE_COLUMNS = 1024;
    /** Below this many multiplications one call is faster than handing out tiles. */
    private static final long SMALL_PRODUCT = 1L << 21;

    private static final int GRAM_ROWS = 1024;
    /** Up to this many columns a Gram matrix is summed by row blocks, above it by tiles of the result. */
    private static final int GRAM_SUM_COLUMNS = 384;

    private Dense() {}

    /** What a factor of a product stands for. */
    public enum Form {
        AS_IS,
        TRANSPOSED
    }

    /** A B; O(rows * inner * columns). */
    public static Matrix multiply(Matrix a, Matrix b, Workers workers) {
        Matrix result = new Matrix(a.rows(), b.columns());
        multiply(1, a, Form.AS_IS, b, Form.AS_IS, 0, result, workers);
        return result;
    }

    /** C = A B on this thread, for small blocks inside a loop that is already parallel. */
    public static void multiplyHere(Matrix a, Matrix b, Matrix c) {
        if (a.columns() != b.rows() || c.rows() != a.rows() || c.columns() != b.columns()) {
            throw new IllegalArgumentException("cannot multiply " + a.rows() + " x " + a.columns() + " by " + b.rows()
                    + " x " + b.columns() + " into " + c.rows() + " x " + c.columns());
        }
        if (c.rows() > 0 && c.columns() > 0) {
            multiplyTile(1, a, Form.AS_IS, b, Form.AS_IS, 0, c, 0, c.rows(), 0, c.columns());
        }
    }

    /** A B'. */
    public static Matrix multiplyTransposed(Matrix a, Matrix b, Workers workers) {
        Matrix result = new Matrix(a.rows(), b.rows());
        multiply(1, a, Form.AS_IS, b, Form.TRANSPOSED, 0, result, workers);
        return result;
    }

    /**
     * C = alpha op(A) op(B) + beta C.
     *
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static void multiply(
            double alpha, Matrix a, Form formA, Matrix b, Form formB, double beta, Matrix c, Workers workers) {
        int rows = formA == Form.AS_IS ? a.rows() : a.columns();
        int inner = formA == Form.AS_IS ? a.columns() : a.rows();
        int innerB = formB == Form.AS_IS ? b.rows() : b.columns();
        int columns = formB == Form.AS_IS ? b.columns() : b.rows();
        if (inner != innerB || c.rows() != rows || c.columns() != columns) {
            throw new IllegalArgumentException("cannot multiply " + rows + " x " + inner + " by " + innerB + " x "
                    + columns + " into " + c.rows() + " x " + c.columns());
        }
        if (rows == 0 || columns == 0) {
            return;
        }
        if ((long) rows * columns * Math.max(1, inner) <= SMALL_PRODUCT) {
            multiplyTile(alpha, a, formA, b, formB, beta, c, 0, rows, 0, columns);
            return;
        }
        int rowTiles = (rows + TILE_ROWS - 1) / TILE_ROWS;
        int columnTiles = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
        workers.forEachBlock(rowTiles * columnTiles, 1, (tile, ignored) -> {
            int row = tile / columnTiles * TILE_ROWS;
            int column = tile % columnTiles * TILE_COLUMNS;
            multiplyTile(
                    alpha,
                    a,
                    formA,
                    b,
                    formB,
                    beta,
                    c,
                    row,
                    Math.min(rows, row + TILE_ROWS),
                    column,
                    Math.min(columns, column + TILE_COLUMNS));
        });
    }

    /** The part of C = alpha op(A) op(B) + beta C with rows [rowFrom, rowTo) and columns [columnFrom, columnTo). */
    static void multiplyTile(
            double alpha,
            Matrix a,
            Form formA,
            Matrix b,
            Form formB,
            double beta,
            Matrix c,
            int rowFrom,
            int rowTo,
            int columnFrom,
            int columnTo) {
        int inner = formA == Form.AS_IS ? a.columns() : a.rows();
        int offsetA = formA == Form.AS_IS ? rowFrom * a.columns() : rowFrom;
        int offsetB = formB == Form.AS_IS ? columnFrom : columnFrom * b.columns();
        BLAS_LIBRARY.dgemm(
                formB == Form.AS_IS ? "N" : "T",
                formA == Form.AS_IS ? "N" : "T",
                columnTo - columnFrom,
                rowTo - rowFrom,
                inner,
                alpha,
                b.values(),
                offsetB,
                Math.max(1, b.columns()),
                a.values(),
                offsetA,
                Math.max(1, a.columns()),
                beta,
                c.values(),
                c.offset(rowFrom) + columnFrom,
                Math.max(1, c.columns()));
    }

    /**
     * X' diag(w) X, symmetric d x d, with weights of any sign; without weights X' X. O(n d^2) time, O(block d + d^2)
     * memory.
     */
    public static Matrix gram(Matrix x, double @Nullable [] weights, Workers workers) {
        return gram(x, 0, x.rows(), weights, workers);
    }

    /** The same for the rows from (included) to to (excluded) of X, with one weight for each of them. */
    public static Matrix gram(Matrix x, int from, int to, double @Nullable [] weights, Workers workers) {
        if (weights != null && weights.length != to - from) {
            throw new IllegalArgumentException((to - from) + " rows but " + weights.length + " weights");
        }
        int d = x.columns();
        if (d > GRAM_SUM_COLUMNS) {
            Matrix result = new Matrix(d, d);
            addTiledGram(x, from, to, weights, result, workers);
            mirrorLower(result);
            return result;
        }
        Matrix result = summedGram(x, from, to, weights, workers);
        mirrorLower(result);
        return result;
    }

    private static Matrix summedGram(Matrix x, int from, int to, double @Nullable [] weights, Workers workers) {
        int d = x.columns();
        return workers.reduce(
                to - from,
                GRAM_ROWS,
                () -> new Matrix(d, d),
                (sum, start, end) -> addGram(x, from, weights, start, end, sum),
                (left, right) -> {
                    add(1, right.values(), left.values());
                    return left;
                });
    }

    /**
     * Adds X' X to the lower triangle (row-major) of {@code sum}, d x d, and leaves what is above the diagonal undefined;
     * O(n d^2).
     */
    public static void addLowerGram(Matrix x, Matrix sum, Workers workers) {
        int d = x.columns();
        if (sum.rows() != d || sum.columns() != d) {
            throw new IllegalArgumentException(
                    "cannot add a product of order " + d + " to a " + sum.rows() + " x " + sum.columns() + " matrix");
        }
        if (d > GRAM_SUM_COLUMNS) {
            addTiledGram(x, 0, x.rows(), null, sum, workers);
            return;
        }
        add(1, summedGram(x, 0, x.rows(), null, workers).values(), sum.values());
    }

    /** The squared Frobenius norm of a symmetric matrix of which only the lower triangle is read. */
    public static double squaredNormOfLower(Matrix symmetric) {
        double[] values = symmetric.values();
        double sum = 0;
        for (int i = 0; i < symmetric.rows(); i++) {
            int row = symmetric.offset(i);
            sum += 2 * dot(values, row, values, row, i) + values[row + i] * values[row + i];
        }
        return sum;
    }

    /** Adds rows first + [from, to) of X' diag(w) X to the lower triangle (row-major) of {@code sum}, on this thread. */
    private static void addGram(Matrix x, int first, double @Nullable [] weights, int from, int to, Matrix sum) {
        int d = x.columns();
        if (to == from || d == 0) {
            return;
        }
        int offset = x.offset(first + from);
        if (weights == null) {
            BLAS_LIBRARY.dsyrk("U", "N", d, to - from, 1, x.values(), offset, d, 1, sum.values(), 0, d);
            return;
        }
        boolean negative = false;
        for (int i = from; i < to && !negative; i++) {
            negative = weights[i] < 0;
        }
        double[] scaled = scaledRows(x, first, weights, from, to, !negative);
        if (negative) {
            BLAS_LIBRARY.dgemm(
                    "N", "T", d, d, to - from, 1, scaled, 0, d, x.values(), offset, d, 1, sum.values(), 0, d);
            return;
        }
        BLAS_LIBRARY.dsyrk("U", "N", d, to - from, 1, scaled, 0, d, 1, sum.values(), 0, d);
    }

    private static double[] scaledRows(Matrix x, int first, double[] weights, int from, int to, boolean root) {
        int d = x.columns();
        double[] values = x.values();
        double[] scaled = new double[(to - from) * d];
        for (int i = from; i < to; i++) {
            double weight = root ? Math.sqrt(weights[i]) : weights[i];
            int source = x.offset(first + i);
            int target = (i - from) * d;
            for (int j = 0; j < d; j++) {
                scaled[target + j] = weight * values[source + j];
            }
        }
        return scaled;
    }

    private static void addTiledGram(
            Matrix x, int first, int last, double @Nullable [] weights, Matrix result, Workers workers) {
        int d = x.columns();
        int tiles = (d + TILE_ROWS - 1) / TILE_ROWS;
        for (int from = first; from < last; from += GRAM_ROWS) {
            int to = Math.min(last, from + GRAM_ROWS);
            int start = from;
            double[] scaled =
                    weights == null ? x.values() : scaledRows(x, first, weights, from - first, to - first, false);
            int scaledOffset = weights == null ? x.offset(from) : 0;
            workers.forEachBlock(tiles, 1, (tile, ignored) -> {
                int row = tile * TILE_ROWS;
                int rowTo = Math.min(d, row + TILE_ROWS);
                // rows [row, rowTo) of the lower triangle: columns up to rowTo
                BLAS_LIBRARY.dgemm(
                        "N",
                        "T",
                        rowTo,
                        rowTo - row,
                        to - start,
                        1,
                        x.values(),
                        x.offset(start),
                        d,
                        scaled,
                        scaledOffset + row,
                        d,
                        1,
                        result.values(),
                        result.offset(row),
                        d);
            });
        }
    }

    /**
     * C = A_rows B_part, on this thread, for the rows from (included) to to (excluded) of A and the part of B that begins at
     * row {@code first} and column 0 and fits.
     */
    public static void multiplyRows(Matrix a, int from, int to, Matrix b, int first, Matrix c) {
        if (first + a.columns() > b.rows() || c.rows() != to - from || c.columns() > b.columns()) {
            throw new IllegalArgumentException("cannot multiply " + (to - from) + " x " + a.columns() + " by rows from "
                    + first + " of " + b.rows() + " x " + b.columns() + " into " + c.rows() + " x " + c.columns());
        }
        if (c.rows() == 0 || c.columns() == 0) {
            return;
        }
        BLAS_LIBRARY.dgemm(
                "N",
                "N",
                c.columns(),
                to - from,
                a.columns(),
                1,
                b.values(),
                b.offset(first),
                b.columns(),
                a.values(),
                a.offset(from),
                a.columns(),
                0,
                c.values(),
                0,
                c.columns());
    }

    /** Adds A' B to {@code sum}, on this thread, for the rows from (included) to to (excluded) of B and all rows of A. */
    public static void addTransposedProduct(Matrix a, Matrix b, int from, int to, Matrix sum) {
        if (a.rows() != to - from || sum.rows() != a.columns() || sum.columns() != b.columns()) {
            throw new IllegalArgumentException("cannot add the product of " + a.columns() + " x " + a.rows() + " and "
                    + (to - from) + " x " + b.columns() + " to " + sum.rows() + " x " + sum.columns());
        }
        if (to == from || sum.rows() == 0 || sum.columns() == 0) {
            return;
        }
        BLAS_LIBRARY.dgemm(
                "N",
                "T",
                b.columns(),
                a.columns(),
                to - from,
                1,
                b.values(),
                b.offset(from),
                b.columns(),
                a.values(),
                0,
                a.columns(),
                1,
                sum.values(),
                0,
                sum.columns());
    }

    /** Copies the lower triangle of a square matrix to its upper one. */
    public static void mirrorLower(Matrix matrix) {
        double[] values = matrix.values();
        int n = matrix.columns();
        int block = 64;
        for (int rowBlock = 0; rowBlock < n; rowBlock += block) {
            for (int columnBlock = 0; columnBlock <= rowBlock; columnBlock += block) {
                for (int i = rowBlock; i < Math.min(n, rowBlock + block); i++) {
                    for (int j = columnBlock; j < Math.min(i, columnBlock + block); j++) {
                        values[j * n + i] = values[i * n + j];
                    }
                }
            }
        }
    }

    /** target += alpha source, entry by entry. */
    public static void add(double alpha, double[] source, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += alpha * source[i];
        }
    }

    /** The inner product of two vectors of the same length. */
    public static double dot(double[] a, double[] b) {
        return dot(a, 0, b, 0, a.length);
    }

    /** The inner product of a[offsetA..] and b[offsetB..] over {@code length} entries. */
    public static double dot(double[] a, int offsetA, double[] b, int offsetB, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += a[offsetA + i] * b[offsetB + i];
        }
        return sum;
    }

    /** A v, O(rows * columns). */
    public static double[] multiply(Matrix a, double[] v) {
        if (a.columns() != v.length) {
            throw new IllegalArgumentException(
                    "cannot multiply " + a.rows() + " x " + a.columns() + " by a vector of " + v.length);
        }
        double[] result = new double[a.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = dot(a.values(), a.offset(i), v, 0, v.length);
        }
        return result;
    }

    /** Which libraries do the arithmetic, for the record of a run. */
    public static String libraries() {
        return NativeLibraries.DESCRIPTION;
    }
}
