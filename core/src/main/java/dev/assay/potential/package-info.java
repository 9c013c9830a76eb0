/** V, the moments of the influence, and delta V of leaving out each point. */
@NullMarked
package dev.assay.potential;

import org.jspecify.annotations.NullMarked;
