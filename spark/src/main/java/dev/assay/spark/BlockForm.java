package dev.assay.spark;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What all blocks of rows have in common.
 *
 * @param dimension d, the bias included
 * @param classes the names of the classes; null for regression
 * @param mean of the numbers to be predicted, in the user's units; 0 for classes
 * @param scale of these numbers; 1 for classes
 */
record BlockForm(int dimension, String @Nullable [] classes, double mean, double scale) implements Serializable {
    /** That of a data set. */
    static BlockForm of(int dimension, Targets targets) {
        if (targets instanceof ClassTargets labels) {
            return new BlockForm(dimension, labels.names().toArray(new String[0]), 0, 1);
        }
        RealTargets numbers = (RealTargets) targets;
        return new BlockForm(dimension, null, numbers.mean(), numbers.scale());
    }

    /** Targets of these values: class codes, or standardised numbers. */
    Targets targets(double[] values) {
        return classes == null
                ? new RealTargets(values, mean, scale)
                : new ClassTargets(
                        Arrays.stream(values).mapToInt(value -> (int) value).toArray(), List.of(classes));
    }

    /** The rows of a block, numbered from 0. */
    Dataset dataset(RowBlock block) {
        return new Dataset(
                new Matrix(block.size(), dimension, block.features()),
                targets(block.labels()),
                block.weights(),
                IntStream.range(0, block.size()).toArray(),
                IntStream.range(0, dimension).mapToObj(j -> "x" + j).toList());
    }
}
