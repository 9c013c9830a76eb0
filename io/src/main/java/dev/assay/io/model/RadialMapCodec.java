package dev.assay.io.model;

import dev.assay.learn.RadialMap;
import dev.assay.linalg.Matrix;

/** Radial functions. */
final class RadialMapCodec extends MapCodec<RadialMap, RadialMapCodec.StoredRadial> {
    RadialMapCodec() {
        super("Radial", RadialMap.class, StoredRadial.class);
    }

    /** See {@link RadialMap}. */
    record StoredRadial(String landmarks, double width, String columnMeans, double overallMean, String projection)
            implements StoredMap {}

    @Override
    protected StoredRadial write(RadialMap map, ComponentWriter to) {
        return new StoredRadial(
                to.matrix("landmarks", map.landmarks()),
                map.width(),
                to.row("means", map.columnMeans()),
                map.overallMean(),
                to.matrix("projection", map.projection()));
    }

    @Override
    protected RadialMap read(StoredRadial stored, ComponentReader from) {
        ComponentReader.require(
                stored.width() > 0 && Double.isFinite(stored.width()) && Double.isFinite(stored.overallMean()),
                "a radial map has width " + stored.width() + " and mean " + stored.overallMean()
                        + ", expected finite numbers and a width above 0");
        Matrix landmarks = from.matrix(stored.landmarks(), from.features());
        int count = landmarks.rows();
        return new RadialMap(
                landmarks,
                stored.width(),
                from.row(stored.columnMeans(), count),
                stored.overallMean(),
                from.matrix(stored.projection(), count));
    }
}
