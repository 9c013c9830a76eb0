package dev.assay.learn;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * The features as they are.
 *
 * @param inputDimension their number, the bias included
 */
public record IdentityMap(int inputDimension) implements FeatureMap {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public int outputDimension() {
        return inputDimension;
    }

    @Override
    public Matrix apply(Matrix x, Workers workers) {
        return x;
    }
}
