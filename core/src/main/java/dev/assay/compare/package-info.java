/** Found blocks beside what is known: sources, columns, other partitions; and how mixed the blocks are. */
@NullMarked
package dev.assay.compare;

import org.jspecify.annotations.NullMarked;
