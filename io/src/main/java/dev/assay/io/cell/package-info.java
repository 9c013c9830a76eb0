/** What the texts of cells mean: numbers, dates, truth values, missing values. */
@NullMarked
package dev.assay.io.cell;

import org.jspecify.annotations.NullMarked;
