package dev.assay.bench.rival;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/** Class probabilities. */
@FunctionalInterface
public interface Predictor {
    /**
     * n x C probabilities, each row of which adds up to 1.
     *
     * @param x n x d, encoded like the training data, the bias last
     */
    Matrix probabilities(Matrix x, Workers workers);
}
