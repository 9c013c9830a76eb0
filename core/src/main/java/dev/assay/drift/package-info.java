/** What columns hold, in short, and whether a later file holds something else beyond chance. */
@NullMarked
package dev.assay.drift;

import org.jspecify.annotations.NullMarked;
