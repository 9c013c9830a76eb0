/** Encoded rows and their scores in files of a run's own, read again block by block. */
@NullMarked
package dev.assay.io.scratch;

import org.jspecify.annotations.NullMarked;
