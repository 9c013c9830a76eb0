package dev.assay.onnx;

import dev.assay.onnx.graph.ElementType;
import java.util.List;

/**
 * An output of the graph of a model.
 *
 * @param name in the graph
 * @param type of its entries
 * @param axes the lengths of the axes after the rows
 * @param meaning what it holds, in words
 */
public record ModelOutput(String name, ElementType type, List<Integer> axes, String meaning) {
    /** Copies the list. */
    public ModelOutput {
        axes = List.copyOf(axes);
    }
}
