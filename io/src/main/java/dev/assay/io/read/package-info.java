/** How data is to be read and what comes of it, whatever the format: settings, source, labels, data sets. */
@NullMarked
package dev.assay.io.read;

import org.jspecify.annotations.NullMarked;
