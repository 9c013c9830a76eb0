package dev.assay.io.model;

import dev.assay.route.Router;

/**
 * How one kind of routers stands in a model folder. A further kind is a codec that {@link Codecs} lists, or that a library names
 * in META-INF/services/dev.assay.io.model.RouterCodec.
 */
public abstract class RouterCodec<P extends Router, S extends RouterCodec.StoredRouter> extends ComponentCodec<P, S> {
    /** See {@link ComponentCodec}. */
    protected RouterCodec(String kind, Class<P> part, Class<S> stored) {
        super(kind, part, stored);
    }

    /** The plain values of one of the routers. */
    public interface StoredRouter {}
}
