package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.stream.IntStream;

/**
 * How a model sees the features: as they are, along their principal directions, or through radial functions of them, in
 * which a linear model bends. Plain numbers that can be stored; immutable.
 */
public interface FeatureMap {
    /** How reports call it: {@code linear} or {@code radial}. */
    String name();

    /** Number of features that go in, the bias included. */
    int inputDimension();

    /** Number of features that come out, a constant among them. */
    int outputDimension();

    /**
     * The features as the model sees them.
     *
     * @param x n x inputDimension, the bias last
     * @return n x outputDimension
     */
    Matrix apply(Matrix x, Workers workers);

    /**
     * What linear models of what is seen say, {@link #apply} times their weights; maps that need not write down all that they see are faster.
     *
     * @param x n x inputDimension, the bias last
     * @param weights C x outputDimension
     * @return n x C
     */
    default Matrix combine(Matrix x, Matrix weights, Workers workers) {
        return Dense.multiplyTransposed(apply(x, workers), weights, workers);
    }

    /** A data set as the model sees it, its features without names of their own. */
    default Dataset seen(Dataset data, Workers workers) {
        return data.withFeatures(
                apply(data.features(), workers),
                IntStream.range(0, outputDimension())
                        .mapToObj(feature -> "seen" + feature)
                        .toList());
    }
}
