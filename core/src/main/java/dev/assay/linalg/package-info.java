/** Dense kernels on native BLAS and LAPACK, and their pure Java fallback; knows nothing of learning. */
@NullMarked
package dev.assay.linalg;

import org.jspecify.annotations.NullMarked;
