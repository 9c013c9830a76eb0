/** Curvature factors: factor once, ask many times. */
@NullMarked
package dev.assay.influence;

import org.jspecify.annotations.NullMarked;
