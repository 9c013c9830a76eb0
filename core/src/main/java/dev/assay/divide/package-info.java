/** Blocks, their number, the verdict, and how found blocks compare with known sources. */
@NullMarked
package dev.assay.divide;

import org.jspecify.annotations.NullMarked;
