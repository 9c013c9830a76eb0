/** Assay on a cluster of Spark: rows stay where they are, sums travel, and the driver decides. */
@NullMarked
package dev.assay.spark;

import org.jspecify.annotations.NullMarked;
