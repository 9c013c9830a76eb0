/** Arrays and images: .npy, .npz and IDX files, and what is made of their entries. */
@NullMarked
package dev.assay.io.array;

import org.jspecify.annotations.NullMarked;
