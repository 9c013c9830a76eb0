/** What else is odd in the features and the order of rows, each beside what shuffled columns or rows give. */
@NullMarked
package dev.assay.quality;

import org.jspecify.annotations.NullMarked;
