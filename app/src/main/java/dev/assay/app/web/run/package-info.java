/** Runs: the queue that carries them out, how far they are, their folders and what lies in them. */
@NullMarked
package dev.assay.app.web.run;

import org.jspecify.annotations.NullMarked;
