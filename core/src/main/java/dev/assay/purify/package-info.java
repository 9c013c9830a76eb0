/** Removal criteria, the removal loop, and stopping without a test set. */
@NullMarked
package dev.assay.purify;

import org.jspecify.annotations.NullMarked;
