/** Other ways to the same end, for the accuracy benchmark: honest implementations, each tuned from its training rows alone. */
@NullMarked
package dev.assay.bench.rival;

import org.jspecify.annotations.NullMarked;
