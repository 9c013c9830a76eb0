/** The command line: thin, everything it does is a call into core and io. */
@NullMarked
package dev.assay.app.cli;

import org.jspecify.annotations.NullMarked;
