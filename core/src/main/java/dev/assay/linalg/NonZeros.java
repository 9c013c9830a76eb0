package dev.assay.linalg;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of rows that are not 0, where these are few: the features of a category with many levels, one of which is 1. */
final class NonZeros {
    /** Fewer columns are multiplied as they are. */
    private static final int FEWEST_COLUMNS = 256;
    /** One entry in so many may be another than 0. */
    private static final int SPARSITY = 16;

    private final int[] starts;
    private final int[] columns;
    private final double[] values;

    private NonZeros(int[] starts, int[] columns, double[] values) {
        this.starts = starts;
        this.columns = columns;
        this.values = values;
    }

    /** Those of the rows from (included) to to (excluded); null where they are too many, or the columns few. */
    static @Nullable NonZeros of(Matrix x, int from, int to) {
        int d = x.columns();
        if (d < FEWEST_COLUMNS) {
            return null;
        }
        int most = (int) ((long) (to - from) * d / SPARSITY);
        int[] starts = new int[to - from + 1];
        int[] columns = new int[Math.min(most, 64 * (to - from))];
        double[] values = new double[columns.length];
        double[] entries = x.values();
        int count = 0;
        for (int i = from; i < to; i++) {
            int at = x.offset(i);
            for (int j = 0; j < d; j++) {
                if (entries[at + j] == 0) {
                    continue;
                }
                if (count == most) {
                    return null;
                }
                if (count == columns.length) {
                    int room = Math.min(most, 2 * count);
                    columns = Arrays.copyOf(columns, room);
                    values = Arrays.copyOf(values, room);
                }
                columns[count] = j;
                values[count] = entries[at + j];
                count++;
            }
            starts[i - from + 1] = count;
        }
        return new NonZeros(starts, columns, values);
    }

    /** Adds sum_i w_i x_i x_i' to a d x d block of a larger matrix; O(n s^2) for s entries a row. */
    void addGram(double[] weights, Matrix target, int row, int column) {
        double[] sum = target.values();
        for (int i = 0; i < weights.length; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                double factor = weights[i] * values[k];
                int at = target.offset(row + columns[k]) + column;
                for (int l = starts[i]; l < starts[i + 1]; l++) {
                    sum[at + columns[l]] += factor * values[l];
                }
            }
        }
    }

    /** x_i' W x_i of a d x d block W of a larger matrix; O(s^2). */
    double form(int i, Matrix matrix, int row, int column) {
        double[] entries = matrix.values();
        double sum = 0;
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            int at = matrix.offset(row + columns[k]) + column;
            double inner = 0;
            for (int l = starts[i]; l < starts[i + 1]; l++) {
                inner += entries[at + columns[l]] * values[l];
            }
            sum += values[k] * inner;
        }
        return sum;
    }
}
