/** Models as folders: model.json and its matrices. */
@NullMarked
package dev.assay.io.model;

import org.jspecify.annotations.NullMarked;
