package dev.assay.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks up published numbers by the leading columns of their row. */
final class PublishedRows {
    private static final int VALUES = 4;

    private PublishedRows() {}

    /**
     * What follows the first {@code keys} columns of the row whose leading columns are the given ones, to within rounding.
     *
     * @return four numbers, NaN where nothing was published
     */
    static double[] find(Optional<List<double[]>> rows, int keys, double... key) {
        double[] result = new double[VALUES];
        Arrays.fill(result, Double.NaN);
        for (double[] row : rows.orElse(List.of())) {
            boolean same = true;
            for (int k = 0; k < keys; k++) {
                same &= Math.abs(row[k] - key[k]) < 1e-6;
            }
            if (same) {
                System.arraycopy(row, keys, result, 0, Math.min(VALUES, row.length - keys));
            }
        }
        return result;
    }
}
