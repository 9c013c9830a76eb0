package dev.assay.spark;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import java.io.Serializable;
import java.util.List;

/**
 * How vectors become features: feature k is entry {@code kept[k]}, minus {@code centers[k]}, over {@code scales[k]}; then the bias.
 *
 * @param width entries of a vector
 * @param kept of them
 * @param centers of each kept one
 * @param scales of each kept one, above 0
 */
record VectorEncoding(int width, int[] kept, double[] centers, double[] scales) implements Serializable {
    /**
     * The encoding of a model, of vectors that hold its columns in their order.
     *
     * @param columns of the table that it was fitted to
     * @throws InvalidInputException if it takes other things than numbers
     */
    static VectorEncoding of(FeatureEncoding encoding, List<String> columns) {
        if (encoding instanceof FittedArrayEncoder arrays) {
            int size = arrays.shape().stream().reduce(1, (a, b) -> a * b);
            return new VectorEncoding(
                    size,
                    arrays.kept().stream().mapToInt(Integer::intValue).toArray(),
                    arrays.centers().stream().mapToDouble(Double::doubleValue).toArray(),
                    arrays.scales().stream().mapToDouble(Double::doubleValue).toArray());
        }
        List<ColumnEncoding> rules = ((FittedEncoder) encoding)
                .columns().stream()
                        .filter(rule -> !rule.featureNames().isEmpty())
                        .toList();
        int[] kept = new int[rules.size()];
        double[] centers = new double[rules.size()];
        double[] scales = new double[rules.size()];
        for (int k = 0; k < kept.length; k++) {
            if (!(rules.get(k) instanceof ColumnEncoding.Numeric number) || number.missingIndicator()) {
                throw new InvalidInputException("column '" + rules.get(k).column()
                        + "' of the model holds no plain numbers, expected a model of numbers, none of them missing:"
                        + " a vector has nothing else");
            }
            kept[k] = columns.indexOf(number.column());
            centers[k] = number.center();
            scales[k] = number.scale();
        }
        return new VectorEncoding(columns.size(), kept, centers, scales);
    }

    /** d, the bias included. */
    int dimension() {
        return kept.length + 1;
    }

    /** Writes the features of a vector to {@code to[at..]}. */
    void encode(double[] vector, double[] to, int at) {
        for (int k = 0; k < kept.length; k++) {
            to[at + k] = (vector[kept[k]] - centers[k]) / scales[k];
        }
        to[at + kept.length] = 1;
    }
}
