/** How the rule of a block is learned: experts, views of the features, answers of experts that did not see the rows, calibration. */
@NullMarked
package dev.assay.learn;

import org.jspecify.annotations.NullMarked;
