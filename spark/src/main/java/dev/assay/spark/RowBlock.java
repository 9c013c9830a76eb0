package dev.assay.spark;

import dev.assay.data.Dataset;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Rows in arrays, as executors keep them: four objects for thousands of rows. Its place among the blocks of its partition is all that says
 * which rows of the input they are.
 *
 * @param features n x d, row by row, the bias last
 * @param labels n class codes, or standardised numbers
 * @param weights n
 * @param keys n, the {@link ContentHash} of each row as it came
 */
public record RowBlock(double[] features, double[] labels, double[] weights, long[] keys) implements Serializable {
    /** n. */
    public int size() {
        return labels.length;
    }

    /** The rows of a data set; their keys are those of the features as they are there. */
    public static RowBlock of(Dataset data) {
        double[] labels = new double[data.size()];
        Arrays.setAll(labels, data.targets()::value);
        double[] x = data.features().values();
        long[] keys = new long[labels.length];
        Arrays.setAll(keys, i -> ContentHash.of(x, data.features().offset(i), data.dimension(), labels[i]));
        return new RowBlock(x, labels, data.weights(), keys);
    }

    /** The same rows, their weights multiplied. */
    RowBlock times(float[] factors) {
        double[] other = weights.clone();
        Arrays.setAll(other, i -> weights[i] * factors[i]);
        return new RowBlock(features, labels, other, keys);
    }
}
