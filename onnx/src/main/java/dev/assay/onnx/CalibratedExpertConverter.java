package dev.assay.onnx;

import dev.assay.learn.CalibratedExpert;
import dev.assay.onnx.graph.Value;

/** Log-probabilities of another expert, scaled. */
final class CalibratedExpertConverter extends ExpertConverter<CalibratedExpert> {
    CalibratedExpertConverter() {
        super(CalibratedExpert.class);
    }

    @Override
    protected Value convert(CalibratedExpert expert, Parts parts) {
        Value answers = parts.answers(expert.of());
        return expert.outputs() == 1
                ? answers
                : answers.times(parts.graph().number(expert.scale())).logSoftmax();
    }
}
