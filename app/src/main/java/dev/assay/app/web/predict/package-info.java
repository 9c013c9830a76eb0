/** The models of runs, and what they want to know of a row. */
@NullMarked
package dev.assay.app.web.predict;

import org.jspecify.annotations.NullMarked;
