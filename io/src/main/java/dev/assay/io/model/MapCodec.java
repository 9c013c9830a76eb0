package dev.assay.io.model;

import dev.assay.learn.FeatureMap;

/**
 * How one kind of maps stands in a model folder. A further kind is a codec that {@link Codecs} lists, or that a library names
 * in META-INF/services/dev.assay.io.model.MapCodec.
 */
public abstract class MapCodec<P extends FeatureMap, S extends MapCodec.StoredMap> extends ComponentCodec<P, S> {
    /** See {@link ComponentCodec}. */
    protected MapCodec(String kind, Class<P> part, Class<S> stored) {
        super(kind, part, stored);
    }

    /** The plain values of one of the maps. */
    public interface StoredMap {}
}
