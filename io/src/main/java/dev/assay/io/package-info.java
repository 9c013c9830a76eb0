/** The doors: a reader of files of any format, and rows that are given one by one. */
@NullMarked
package dev.assay.io;

import org.jspecify.annotations.NullMarked;
