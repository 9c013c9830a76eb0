package dev.assay.spark;

import dev.assay.data.Dataset;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

    /** The rows of the given indices, in that order. */
    RowBlock select(int[] indices) {
        int d = labels.length == 0 ? 0 : features.length / labels.length;
        double[] x = new double[indices.length * d];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(features, indices[i] * d, x, i * d, d);
        }
        return new RowBlock(
                x,
                IntStream.of(indices).mapToDouble(i -> labels[i]).toArray(),
                IntStream.of(indices).mapToDouble(i -> weights[i]).toArray(),
                IntStream.of(indices).mapToLong(i -> keys[i]).toArray());
    }

    /** The rows of all blocks. */
    static RowBlock all(List<RowBlock> blocks) {
        return new RowBlock(
                blocks.stream()
                        .flatMapToDouble(block -> Arrays.stream(block.features))
                        .toArray(),
                blocks.stream()
                        .flatMapToDouble(block -> Arrays.stream(block.labels))
                        .toArray(),
                blocks.stream()
                        .flatMapToDouble(block -> Arrays.stream(block.weights))
                        .toArray(),
                blocks.stream()
                        .flatMapToLong(block -> Arrays.stream(block.keys))
                        .toArray());
    }

    /** The same rows, their weights multiplied. */
    RowBlock times(float[] factors) {
        double[] other = weights.clone();
        Arrays.setAll(other, i -> weights[i] * factors[i]);
        return new RowBlock(features, labels, other, keys);
    }
}
