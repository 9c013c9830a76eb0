package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * A fitted generalised linear model: logits z = Theta x.
 *
 * @param loss what it was fitted to, which also turns logits into outputs
 * @param features d, the bias included
 * @param theta C * d parameters, logit by logit
 */
public record LinearModel(Loss loss, int features, double[] theta) {
    private static final int ROWS = 4096;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if theta does not have C * d entries
     */
    public LinearModel {
        if (theta.length != loss.logits() * features) {
            throw new IllegalArgumentException("theta has " + theta.length + " entries, expected " + loss.logits()
                    + " logits x " + features + " features");
        }
    }

    /** Theta as a C x d matrix, a view. */
    public Matrix parameters() {
        return new Matrix(loss.logits(), features, theta);
    }

    /** Z = X Theta', n x C. */
    public Matrix logits(Matrix x, Workers workers) {
        return Dense.multiplyTransposed(x, parameters(), workers);
    }

    /** n x classes probabilities; n x 1 predicted (standardised) values for regression. */
    public Matrix outputs(Matrix x, Workers workers) {
        return outputs(loss, logits(x, workers), workers);
    }

    /** Outputs for given logits, n x classes or n x 1. */
    public static Matrix outputs(Loss loss, Matrix logits, Workers workers) {
        Matrix result = new Matrix(logits.rows(), loss.outputCount());
        workers.forEachBlock(logits.rows(), ROWS, (from, to) -> {
            for (int i = from; i < to; i++) {
                loss.outputs(logits.values(), logits.offset(i), result.values(), result.offset(i));
            }
        });
        return result;
    }

    /** The most probable class of each row, the first of them on a tie; for classification only. */
    public int[] predictedClasses(Matrix x, Workers workers) {
        Matrix outputs = outputs(x, workers);
        int[] result = new int[outputs.rows()];
        for (int i = 0; i < result.length; i++) {
            int best = 0;
            for (int c = 1; c < outputs.columns(); c++) {
                if (outputs.get(i, c) > outputs.get(i, best)) {
                    best = c;
                }
            }
            result[i] = best;
        }
        return result;
    }
}
