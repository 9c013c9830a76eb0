package dev.assay.onnx;

import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;

/** Arrays of numbers as one input, and their encoding. */
final class ArrayInput {
    private ArrayInput() {}

    /**
     * Adds the input to a graph.
     *
     * @return X, n x d, the bias last
     * @throws InvalidInputException if no entry becomes a feature
     */
    static Value features(FittedArrayEncoder encoder, Graph graph, ModelInput input) {
        int kept = encoder.kept().size();
        if (kept == 0) {
            throw new InvalidInputException("the encoding cannot be exported: no entry of the array becomes a feature,"
                    + " so that the graph has no input; the label is the same for all rows");
        }
        int size = encoder.shape().stream().reduce(1, Math::multiplyExact);
        return graph.input(
                        input.name(),
                        input.kind().type(),
                        input.axes(),
                        input.kind().meaning())
                .shaped(0, size)
                .columns(encoder.kept().stream().mapToLong(entry -> entry).toArray())
                .as(ElementType.DOUBLE)
                .minus(graph.row(
                        encoder.centers().stream().mapToDouble(center -> center).toArray()))
                .over(graph.row(
                        encoder.scales().stream().mapToDouble(scale -> scale).toArray()))
                .withOnes();
    }
}
