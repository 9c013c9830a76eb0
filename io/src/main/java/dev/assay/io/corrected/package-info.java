/** A data file as a person put it right: all other bytes stay. */
@NullMarked
package dev.assay.io.corrected;

import org.jspecify.annotations.NullMarked;
