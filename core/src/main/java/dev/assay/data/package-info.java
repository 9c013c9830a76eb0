/** Immutable, weighted data sets, encoders and content fingerprints. */
@NullMarked
package dev.assay.data;

import org.jspecify.annotations.NullMarked;
