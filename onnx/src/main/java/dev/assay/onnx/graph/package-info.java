/** Graphs of the ONNX format, written as sums and products of values; knows nothing of Assay's models. */
@NullMarked
package dev.assay.onnx.graph;

import org.jspecify.annotations.NullMarked;
