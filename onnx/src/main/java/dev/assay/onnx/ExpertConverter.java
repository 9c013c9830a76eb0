package dev.assay.onnx;

import dev.assay.learn.Expert;

/**
 * How one kind of experts is computed in a graph: n x C log-probabilities in nats, or n x 1 standardised predictions. A further kind is a converter that {@link Converters} lists,
 * or that a library names in META-INF/services/dev.assay.onnx.ExpertConverter.
 */
public abstract class ExpertConverter<P extends Expert> extends PartConverter<P> {
    /** See {@link PartConverter}. */
    protected ExpertConverter(Class<P> part) {
        super(part);
    }
}
