package dev.assay.onnx;

import dev.assay.learn.IdentityMap;
import dev.assay.onnx.graph.Value;

/** The features as they are. */
final class IdentityMapConverter extends MapConverter<IdentityMap> {
    IdentityMapConverter() {
        super(IdentityMap.class);
    }

    @Override
    protected Value convert(IdentityMap map, Parts parts) {
        return parts.features();
    }
}
