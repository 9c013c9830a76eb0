/** How to use Assay from Java. */
@NullMarked
package dev.assay.examples;

import org.jspecify.annotations.NullMarked;
