/** What a run found, and how run.json and its tables say it. */
@NullMarked
package dev.assay.app.result;

import org.jspecify.annotations.NullMarked;
