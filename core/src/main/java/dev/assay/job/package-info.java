/** What a run is: typed requests and outcomes of diagnose, purify, divide, run, check, predict and evaluate; no files, no words. */
@NullMarked
package dev.assay.job;

import org.jspecify.annotations.NullMarked;
