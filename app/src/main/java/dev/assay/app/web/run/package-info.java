/** The folders of runs and what lies in them. */
@NullMarked
package dev.assay.app.web.run;

import org.jspecify.annotations.NullMarked;
