/** What a run writes: its folder, and tables of results. */
@NullMarked
package dev.assay.io.result;

import org.jspecify.annotations.NullMarked;
