/** What a run found, as text for one screen. */
@NullMarked
package dev.assay.app.screen;

import org.jspecify.annotations.NullMarked;
