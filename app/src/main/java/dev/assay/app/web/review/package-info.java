/** Decisions about suspicious rows, each on disk before it is answered for. */
@NullMarked
package dev.assay.app.web.review;

import org.jspecify.annotations.NullMarked;
