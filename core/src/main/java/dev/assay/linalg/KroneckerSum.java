package dev.assay.linalg;

import dev.assay.work.Workers;

/**
 * Sums of Kronecker products sum_i A_i (x) x_i x_i' of n symmetric c x c matrices A_i and the rows x_i of an n x d matrix:
 * the shape of every Hessian-like matrix of a model with c logits. The result is symmetric of order p = c * d, laid out
 * logit by logit: block (a, b) is sum_i A_i[a, b] x_i x_i'.
 */
public final class KroneckerSum {
    /** Rows whose A_i are held at a time. */
    private static final int FACTOR_ROWS = 1 << 15;

    /** Up to this many columns the blocks are computed side by side, by one product for all of them. */
    private static final int STACKED_COLUMNS = 128;

    private static final int STACKED_ROWS = 256;

    private KroneckerSum() {}

    /** The matrices A_i of the rows from (included) to to (excluded): one row of c * c values each. */
    @FunctionalInterface
    public interface Factors {
        Matrix rows(int from, int to);
    }

    /** sum_i A_i (x) x_i x_i', p x p; O(n p^2) time, less where most entries are 0; O(block + p^2) memory. */
    public static Matrix of(Matrix x, int order, Factors factors, Workers workers) {
        if (order > 1 && x.columns() <= STACKED_COLUMNS) {
            return stacked(x, order, factors, workers);
        }
        int d = x.columns();
        Matrix result = new Matrix(order * d, order * d);
        for (int from = 0; from < x.rows(); from += FACTOR_ROWS) {
            int to = Math.min(x.rows(), from + FACTOR_ROWS);
            Matrix block = factors.rows(from, to);
            NonZeros sparse = NonZeros.of(x, from, to);
            for (int a = 0; a < order; a++) {
                for (int b = 0; b <= a; b++) {
                    double[] pair = new double[to - from];
                    for (int i = 0; i < pair.length; i++) {
                        pair[i] = block.get(i, a * order + b);
                    }
                    if (sparse == null) {
                        addBlock(Dense.gram(x, from, to, pair, workers), result, a * d, b * d);
                    } else {
                        sparse.addGram(pair, result, a * d, b * d);
                        if (a != b) {
                            sparse.addGram(pair, result, b * d, a * d);
                        }
                    }
                }
            }
        }
        return result;
    }

    /** X' [diag(A_11) X, diag(A_21) X, diag(A_22) X, ...]: one wide product instead of many narrow ones. */
    private static Matrix stacked(Matrix x, int order, Factors factors, Workers workers) {
        int d = x.columns();
        int width = order * (order + 1) / 2 * d;
        Matrix sum = workers.reduce(
                x.rows(),
                STACKED_ROWS,
                () -> new Matrix(width, d),
                (total, from, to) -> Dense.addTransposedProduct(
                        scaledCopies(x, from, to, factors.rows(from, to), order), x, from, to, total),
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        Matrix result = new Matrix(order * d, order * d);
        int copy = 0;
        for (int a = 0; a < order; a++) {
            for (int b = 0; b <= a; b++) {
                addBlock(sum.selectRows(copy * d, (copy + 1) * d), result, a * d, b * d);
                copy++;
            }
        }
        // each block was summed as a general matrix: its two triangles differ in the last bits
        Dense.mirrorLower(result);
        return result;
    }

    private static Matrix scaledCopies(Matrix x, int from, int to, Matrix block, int order) {
        int d = x.columns();
        Matrix result = new Matrix(to - from, order * (order + 1) / 2 * d);
        double[] target = result.values();
        int at = 0;
        for (int i = from; i < to; i++) {
            int source = x.offset(i);
            for (int a = 0; a < order; a++) {
                for (int b = 0; b <= a; b++) {
                    double factor = block.get(i - from, a * order + b);
                    for (int j = 0; j < d; j++) {
                        target[at++] = factor * x.values()[source + j];
                    }
                }
            }
        }
        return result;
    }

    private static void addBlock(Matrix block, Matrix target, int row, int column) {
        int d = block.rows();
        double[] source = block.values();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double value = source[i * d + j];
                target.values()[target.offset(row + i) + column + j] += value;
                if (row != column) {
                    target.values()[target.offset(column + i) + row + j] += value;
                }
            }
        }
    }
}
