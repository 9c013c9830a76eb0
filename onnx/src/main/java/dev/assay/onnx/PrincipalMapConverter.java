package dev.assay.onnx;

import dev.assay.learn.PrincipalMap;
import dev.assay.onnx.graph.Value;

/** Principal directions. */
final class PrincipalMapConverter extends MapConverter<PrincipalMap> {
    PrincipalMapConverter() {
        super(PrincipalMap.class);
    }

    @Override
    protected Value convert(PrincipalMap map, Parts parts) {
        return parts.features().timesTransposed(map.directions());
    }
}
