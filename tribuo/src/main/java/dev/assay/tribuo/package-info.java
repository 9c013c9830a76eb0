/**
 * Assay for programs that use Tribuo: trainers that make routed models of Tribuo's data sets, and the models, with provenance, stored as
 * Tribuo stores its own.
 */
@NullMarked
package dev.assay.tribuo;

import org.jspecify.annotations.NullMarked;
