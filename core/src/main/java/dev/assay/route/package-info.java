/** RouterSelector: which block a new input belongs to, and what the features know about it. */
@NullMarked
package dev.assay.route;

import org.jspecify.annotations.NullMarked;
