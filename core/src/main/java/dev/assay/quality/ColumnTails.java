package dev.assay.quality;

import dev.assay.data.ColumnFeatures;
import dev.assay.linalg.Matrix;
import java.util.Arrays;

/**
 * How far out each row is in one column: sums over its features of -log F(x_i), with F the share of rows that are as small (left) or as
 * large (right), ties counted in; automatic takes the left where the feature's skewness is below 0, else the right. In nats, higher = farther
 * out. A constant feature adds 0.
 *
 * @param left n sums
 * @param right n sums
 * @param automatic n sums
 */
record ColumnTails(double[] left, double[] right, double[] automatic) {
    /** What rounding leaves of a symmetric feature, as a share of the sum of sizes. */
    private static final double ROUNDING = 1e-9;

    /** None yet. */
    static ColumnTails zero(int rows) {
        return new ColumnTails(new double[rows], new double[rows], new double[rows]);
    }

    /**
     * Those of one column; O(n log n) for each of its features.
     *
     * @param isLeftAutomatic is told of each of its features whether automatic takes the left
     */
    static ColumnTails of(Matrix features, ColumnFeatures column, boolean[] isLeftAutomatic) {
        ColumnTails sums = zero(features.rows());
        for (int feature = column.from(); feature < column.to(); feature++) {
            double[] values = values(features, feature);
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            isLeftAutomatic[feature] = skewness(sorted) < 0;
            sums.add(values, sorted, isLeftAutomatic[feature]);
        }
        return sums;
    }

    /** Those of some rows alone; O(n rows) for each of the column's features. */
    static ColumnTails of(Matrix features, ColumnFeatures column, boolean[] isLeftAutomatic, int[] rows) {
        ColumnTails sums = zero(rows.length);
        for (int feature = column.from(); feature < column.to(); feature++) {
            double[] values = values(features, feature);
            for (int k = 0; k < rows.length; k++) {
                double own = values[rows[k]];
                int below = 0;
                int above = 0;
                for (double value : values) {
                    below += value < own ? 1 : 0;
                    above += value > own ? 1 : 0;
                }
                sums.add(k, below, above, values.length, isLeftAutomatic[feature]);
            }
        }
        return sums;
    }

    private static double[] values(Matrix features, int feature) {
        double[] values = new double[features.rows()];
        for (int i = 0; i < values.length; i++) {
            // adding zero makes the two zeros one
            values[i] = features.get(i, feature) + 0.0;
        }
        return values;
    }

    private void add(double[] values, double[] sorted, boolean isLeftAutomatic) {
        int n = values.length;
        int[] below = new int[n];
        int[] above = new int[n];
        for (int place = 1; place < n; place++) {
            below[place] = sorted[place] == sorted[place - 1] ? below[place - 1] : place;
        }
        for (int place = n - 2; place >= 0; place--) {
            above[place] = sorted[place] == sorted[place + 1] ? above[place + 1] : n - 1 - place;
        }
        for (int i = 0; i < n; i++) {
            int place = Arrays.binarySearch(sorted, values[i]);
            add(i, below[place], above[place], n, isLeftAutomatic);
        }
    }

    private void add(int row, int below, int above, int n, boolean isLeftAutomatic) {
        double low = -Math.log((double) (n - above) / n);
        double high = -Math.log((double) (n - below) / n);
        left[row] += low;
        right[row] += high;
        automatic[row] += isLeftAutomatic ? low : high;
    }

    /** Adds what other rows have: row {@code from[i]} to row i. */
    void add(ColumnTails other, int[] from) {
        for (int i = 0; i < from.length; i++) {
            left[i] += other.left[from[i]];
            right[i] += other.right[from[i]];
            automatic[i] += other.automatic[from[i]];
        }
    }

    /** The largest of the three sums, by row. */
    double[] largest() {
        double[] result = new double[left.length];
        Arrays.setAll(result, i -> Math.max(automatic[i], Math.max(left[i], right[i])));
        return result;
    }

    /** The sign of the third central moment, which is that of the skewness; summed in sorted order, so that the order of rows is nothing to it. */
    private static double skewness(double[] sorted) {
        double mean = Arrays.stream(sorted).sum() / sorted.length;
        double cubes = 0;
        double size = 0;
        for (double value : sorted) {
            double cube = (value - mean) * (value - mean) * (value - mean);
            cubes += cube;
            size += Math.abs(cube);
        }
        return Math.abs(cubes) <= ROUNDING * size ? 0 : cubes;
    }
}
