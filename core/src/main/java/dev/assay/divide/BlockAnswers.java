package dev.assay.divide;

import dev.assay.linalg.Matrix;

/**
 * What the expert of each block would say of each row, by experts that did not see the row.
 *
 * @param suggestion n x K, the code of the likeliest class, or the (standardised) prediction
 * @param probability n x K, of that class; NaN for numbers
 */
public record BlockAnswers(Matrix suggestion, Matrix probability) {}
