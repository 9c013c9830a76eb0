/** V and the moments, groups and pictures of the influence, of any gradient space: no model is known here. */
@NullMarked
package dev.assay.potential;

import org.jspecify.annotations.NullMarked;
