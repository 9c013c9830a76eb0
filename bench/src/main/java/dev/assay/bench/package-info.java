/** Benchmarks, and the figures of the paper. */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
