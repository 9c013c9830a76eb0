package dev.assay.onnx;

import dev.assay.route.Router;

/**
 * How one kind of routers is computed in a graph: n x K, log g_k(x) in nats. A further kind is a converter that {@link Converters} lists,
 * or that a library names in META-INF/services/dev.assay.onnx.RouterConverter.
 */
public abstract class RouterConverter<P extends Router> extends PartConverter<P> {
    /** See {@link PartConverter}. */
    protected RouterConverter(Class<P> part) {
        super(part);
    }
}
