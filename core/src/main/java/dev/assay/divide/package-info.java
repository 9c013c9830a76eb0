/** Takes a data set apart: blocks, their number, the verdict. */
@NullMarked
package dev.assay.divide;

import org.jspecify.annotations.NullMarked;
