/** Gradient spaces: what influences ask of a model, and the linear predictor behind it. */
@NullMarked
package dev.assay.influence;

import org.jspecify.annotations.NullMarked;
