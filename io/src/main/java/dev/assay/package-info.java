/** Assay from Java: what the command line does, without a file written. */
@NullMarked
package dev.assay;

import org.jspecify.annotations.NullMarked;
