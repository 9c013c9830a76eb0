/** The routed model, its predictions, and their evaluation. */
@NullMarked
package dev.assay.predict;

import org.jspecify.annotations.NullMarked;
