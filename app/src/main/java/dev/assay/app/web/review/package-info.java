/** Decisions about suspicious rows, each on disk before it is answered for, and the data as they leave it. */
@NullMarked
package dev.assay.app.web.review;

import org.jspecify.annotations.NullMarked;
