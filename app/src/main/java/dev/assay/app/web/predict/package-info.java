/** The models of runs, what they want to know of a row, and what they predict of it. */
@NullMarked
package dev.assay.app.web.predict;

import org.jspecify.annotations.NullMarked;
