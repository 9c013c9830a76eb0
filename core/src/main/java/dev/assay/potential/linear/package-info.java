/**
 * What about V needs a linear predictor: inputs, residuals and curvatures of the logits. Delta V of leaving out each row, V on the
 * side of the examples, the one linear model of V that all commands share and the marks of its scale.
 */
@NullMarked
package dev.assay.potential.linear;

import org.jspecify.annotations.NullMarked;
