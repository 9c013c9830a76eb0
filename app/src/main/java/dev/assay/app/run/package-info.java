/** Whole runs from files to files, described by types: what the command line and the web page ask for alike. */
@NullMarked
package dev.assay.app.run;

import org.jspecify.annotations.NullMarked;
