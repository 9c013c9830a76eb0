package dev.assay.io.model;

import dev.assay.learn.Expert;

/**
 * How one kind of experts stands in a model folder. A further kind is a codec that {@link Codecs} lists, or that a library names
 * in META-INF/services/dev.assay.io.model.ExpertCodec.
 */
public abstract class ExpertCodec<P extends Expert, S extends ExpertCodec.StoredExpert> extends ComponentCodec<P, S> {
    /** See {@link ComponentCodec}. */
    protected ExpertCodec(String kind, Class<P> part, Class<S> stored) {
        super(kind, part, stored);
    }

    /** The plain values of one of the experts. */
    public interface StoredExpert {}
}
