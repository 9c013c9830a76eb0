package dev.assay.linalg;

import java.util.Arrays;

/**
 * A dense matrix of doubles, stored row by row: entry (i, j) is {@code values()[i * columns() + j]}.
 *
 * <p>At most 2^31 - 1 entries.
 */
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] values;

    /** A matrix of zeros. */
    public Matrix(int rows, int columns) {
        this(rows, columns, new double[size(rows, columns)]);
    }

    /**
     * A view of {@code values}, which is not copied.
     *
     * @throws IllegalArgumentException if the length of {@code values} is not rows * columns
     */
    public Matrix(int rows, int columns, double[] values) {
        if (values.length != size(rows, columns)) {
            throw new IllegalArgumentException("a " + rows + " x " + columns + " matrix needs " + size(rows, columns)
                    + " values, got " + values.length);
        }
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** The identity of the given order. */
    public static Matrix identity(int order) {
        Matrix result = new Matrix(order, order);
        for (int i = 0; i < order; i++) {
            result.set(i, i, 1);
        }
        return result;
    }

    private static int size(int rows, int columns) {
        long size = (long) rows * columns;
        if (rows < 0 || columns < 0 || size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a matrix of " + rows + " x " + columns + " does not fit: at most 2^31 - 9 entries");
        }
        return (int) size;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The entries themselves, row by row; writing to them writes to the matrix. */
    public double[] values() {
        return values;
    }

    public double get(int row, int column) {
        return values[row * columns + column];
    }

    public void set(int row, int column, double value) {
        values[row * columns + column] = value;
    }

    /** Where row {@code row} begins in {@link #values()}. */
    public int offset(int row) {
        return row * columns;
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, offset(row), offset(row) + columns);
    }

    public Matrix copy() {
        return new Matrix(rows, columns, values.clone());
    }

    public Matrix transpose() {
        Matrix result = new Matrix(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result.values[j * rows + i] = values[i * columns + j];
            }
        }
        return result;
    }

    /** The rows of the given indices, in that order. */
    public Matrix selectRows(int[] indices) {
        Matrix result = new Matrix(indices.length, columns);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, offset(indices[i]), result.values, result.offset(i), columns);
        }
        return result;
    }

    /** The rows from (included) to to (excluded). */
    public Matrix selectRows(int from, int to) {
        return new Matrix(to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
    }

    /** The columns of the given indices, in that order. */
    public Matrix selectColumns(int[] indices) {
        Matrix result = new Matrix(rows, indices.length);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < indices.length; k++) {
                result.values[i * indices.length + k] = values[i * columns + indices[k]];
            }
        }
        return result;
    }

    /** The first row with an entry that is no finite number, or -1. */
    public int firstNonFiniteRow() {
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k])) {
                return k / columns;
            }
        }
        return -1;
    }

    /** Adds {@code value} to every entry of the diagonal. */
    public void addToDiagonal(double value) {
        for (int i = 0; i < Math.min(rows, columns); i++) {
            values[i * columns + i] += value;
        }
    }
}
