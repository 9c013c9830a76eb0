/** Tables: CSV, JSON, Parquet and the like, read column by column and written again with corrections. */
@NullMarked
package dev.assay.io.table;

import org.jspecify.annotations.NullMarked;
