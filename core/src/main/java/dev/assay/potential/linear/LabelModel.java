package dev.assay.potential.linear;

import dev.assay.linalg.Matrix;

/**
 * What one model says of every row: the rule by which labels are drawn for the lower mark of the scale of V.
 *
 * @param answers log-probabilities of the classes, n x C; for regression standardised predictions, n x 1
 * @param deviation for regression the standard deviation of a target about its prediction, standardised; else NaN
 */
public record LabelModel(Matrix answers, double deviation) {}
