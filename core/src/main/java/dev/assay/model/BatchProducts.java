package dev.assay.model;

import dev.assay.work.Workers;

/** The two products with the features of a batch of rows that a step of stochastic descent needs. */
sealed interface BatchProducts permits DenseRows, SparseRows {
    /** Z = X Theta' of the rows [from, to), (to - from) x C, written to the beginning of {@code logits}. */
    void logits(int from, int to, double[] theta, double[] logits, Workers workers);

    /** Adds R' X of the rows [from, to) to {@code gradient}, C x d; R is (to - from) x C. */
    void addGradient(int from, int to, double[] residuals, double[] gradient, Workers workers);
}
