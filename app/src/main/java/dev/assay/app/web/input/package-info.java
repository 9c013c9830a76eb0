/** What a run is to be made of: requests, uploads, paths of this machine, and a first look at files. */
@NullMarked
package dev.assay.app.web.input;

import org.jspecify.annotations.NullMarked;
