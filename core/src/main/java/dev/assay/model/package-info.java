/** Objectives, trainers and fitted linear models. */
@NullMarked
package dev.assay.model;

import org.jspecify.annotations.NullMarked;
