package dev.assay.onnx;

import dev.assay.onnx.graph.Value;

/** How it is exported; META-INF/services names it. */
public final class ConstantExpertConverter extends ExpertConverter<ConstantExpert> {
    /** For the service loader. */
    public ConstantExpertConverter() {
        super(ConstantExpert.class);
    }

    @Override
    protected Value convert(ConstantExpert expert, Parts parts) {
        return parts.graph().row(expert.logProbabilities()).repeatedFor(parts.features(), expert.outputs());
    }
}
