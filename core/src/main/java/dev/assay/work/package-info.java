/** Threads with a fixed block order, progress, cancellation. */
@NullMarked
package dev.assay.work;

import org.jspecify.annotations.NullMarked;
