/** Which labels are wrong: experts that know that labels may be wrong, cross-fitted, and how wrong labels come about. */
@NullMarked
package dev.assay.noise;

import org.jspecify.annotations.NullMarked;
