package dev.assay.learn;

import dev.assay.linalg.Matrix;

/**
 * An expert of a block, and what experts made in the same way say of rows that they did not see.
 *
 * @param expert trained on all rows of the block
 * @param answers n x C log-probabilities, calibrated, or n x 1 predictions: of each row by an expert that was not trained with it, also of
 *     rows outside of the block
 * @param logLikelihoods log p(y_i|x_i) of each row by the same, in nats; higher is better
 * @param borrowed whether it leans on a model of all blocks, or is that model
 * @param reason what was chosen and why, in words
 */
public record CrossFittedExpert(
        Expert expert, Matrix answers, double[] logLikelihoods, boolean borrowed, String reason) {}
