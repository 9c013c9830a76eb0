/** One judgement for every command: what a data set is made of, and which of its rows do not belong. */
@NullMarked
package dev.assay.judge;

import org.jspecify.annotations.NullMarked;
