package dev.assay.onnx;

import dev.assay.learn.FeatureMap;

/**
 * How one kind of maps is computed in a graph: n x m, the features as the model sees them. A further kind is a converter that {@link Converters} lists,
 * or that a library names in META-INF/services/dev.assay.onnx.MapConverter.
 */
public abstract class MapConverter<P extends FeatureMap> extends PartConverter<P> {
    /** See {@link PartConverter}. */
    protected MapConverter(Class<P> part) {
        super(part);
    }
}
