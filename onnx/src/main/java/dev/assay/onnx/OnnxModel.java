package dev.assay.onnx;

import java.util.List;

/**
 * A routed model as the content of an .onnx file.
 *
 * @param content of the file
 * @param inputs in the order of the features; the source of the rows, where the model knows it, comes last
 * @param outputs in order
 */
public record OnnxModel(byte[] content, List<ModelInput> inputs, List<ModelOutput> outputs) {
    /** Copies the lists. */
    public OnnxModel {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
