/** Files that a run is to be made of: uploads, paths of this machine, and a first look at them. */
@NullMarked
package dev.assay.app.web.input;

import org.jspecify.annotations.NullMarked;
