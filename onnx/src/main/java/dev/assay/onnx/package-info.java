/** Routed models as ONNX graphs, encoding included: what {@code assay export --onnx} writes. */
@NullMarked
package dev.assay.onnx;

import org.jspecify.annotations.NullMarked;
