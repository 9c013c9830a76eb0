/** Tables, arrays and images in; scores and run directories out. */
@NullMarked
package dev.assay.io;

import org.jspecify.annotations.NullMarked;
