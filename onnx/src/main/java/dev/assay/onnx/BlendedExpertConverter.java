package dev.assay.onnx;

import dev.assay.learn.BlendedExpert;
import dev.assay.learn.WeightedExpert;
import dev.assay.onnx.graph.Value;

/** Probabilities, or predictions, of several experts, weighed. */
final class BlendedExpertConverter extends ExpertConverter<BlendedExpert> {
    BlendedExpertConverter() {
        super(BlendedExpert.class);
    }

    @Override
    protected Value convert(BlendedExpert blend, Parts parts) {
        boolean classes = blend.outputs() > 1;
        Value sum = null;
        for (WeightedExpert part : blend.parts()) {
            Value answers = parts.answers(part.expert());
            Value term = (classes ? answers.exponential() : answers)
                    .times(parts.graph().number(part.weight()));
            sum = sum == null ? term : sum.plus(term);
        }
        if (sum == null) {
            throw new IllegalStateException("a blend of nothing");
        }
        return classes ? sum.logarithm() : sum;
    }
}
