/** Files as such: what their first bytes say, what came through a pipe, content hashes, whole writes, JSON. */
@NullMarked
package dev.assay.io.file;

import org.jspecify.annotations.NullMarked;
