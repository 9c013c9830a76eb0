/** Networks of the user's own as features, run by ONNX Runtime. */
@NullMarked
package dev.assay.embed;

import org.jspecify.annotations.NullMarked;
