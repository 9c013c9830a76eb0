/** Sums over rows that need not be in memory: blocks of rows map, small arrays add, wherever the rows are. */
@NullMarked
package dev.assay.engine;

import org.jspecify.annotations.NullMarked;
