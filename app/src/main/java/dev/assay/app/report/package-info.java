/** The report of a run, for people: shows what core computed and computes nothing itself. */
@NullMarked
package dev.assay.app.report;

import org.jspecify.annotations.NullMarked;
