package dev.assay.onnx;

import dev.assay.learn.LinearExpert;
import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.Value;

/** Logits, linear in what the expert sees. */
final class LinearExpertConverter extends ExpertConverter<LinearExpert> {
    LinearExpertConverter() {
        super(LinearExpert.class);
    }

    @Override
    protected Value convert(LinearExpert expert, Parts parts) {
        Matrix parameters = expert.model().parameters();
        Value seen = parts.seenThrough(expert.map());
        if (expert.outputs() == 1) {
            return seen.timesTransposed(parameters);
        }
        // one logit for two classes: that of the second, the first being 0
        int first = expert.outputs() - parameters.rows();
        Matrix scaled = new Matrix(expert.outputs(), parameters.columns());
        for (int c = 0; c < parameters.rows(); c++) {
            for (int j = 0; j < parameters.columns(); j++) {
                scaled.set(first + c, j, expert.scale() * parameters.get(c, j));
            }
        }
        return seen.timesTransposed(scaled).logSoftmax();
    }
}
