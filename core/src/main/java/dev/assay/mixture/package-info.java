/** Mixtures of experts: their density, expectation maximisation, the gate, and the search for the number of blocks. */
@NullMarked
package dev.assay.mixture;

import org.jspecify.annotations.NullMarked;
