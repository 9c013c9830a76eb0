/** A first look at a file before anything is encoded. */
@NullMarked
package dev.assay.io.preview;

import org.jspecify.annotations.NullMarked;
