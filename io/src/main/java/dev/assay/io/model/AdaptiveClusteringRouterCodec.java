package dev.assay.io.model;

import dev.assay.linalg.Matrix;
import dev.assay.route.AdaptiveClusteringRouter;

/** Scaled distances to means. */
final class AdaptiveClusteringRouterCodec
        extends RouterCodec<AdaptiveClusteringRouter, AdaptiveClusteringRouterCodec.StoredAdaptiveClustering> {
    AdaptiveClusteringRouterCodec() {
        super("AdaptiveClustering", AdaptiveClusteringRouter.class, StoredAdaptiveClustering.class);
    }

    /** See {@link AdaptiveClusteringRouter}. */
    record StoredAdaptiveClustering(
            String means, String scales, double[] shares, double[] offsets, double sharpness, boolean perCandidate)
            implements StoredRouter {}

    @Override
    protected StoredAdaptiveClustering write(AdaptiveClusteringRouter router, ComponentWriter to) {
        return new StoredAdaptiveClustering(
                to.matrix("means", router.means()),
                to.matrix("scales", router.scales()),
                router.shares(),
                router.offsets(),
                router.sharpness(),
                router.perCandidate());
    }

    @Override
    protected AdaptiveClusteringRouter read(StoredAdaptiveClustering stored, ComponentReader from) {
        int blocks = stored.shares().length;
        Matrix scales = from.matrix(stored.scales(), blocks, from.features());
        for (double scale : scales.values()) {
            ComponentReader.require(scale >= 0, "the router has a scale of " + scale + ", expected at least 0");
        }
        return new AdaptiveClusteringRouter(
                from.matrix(stored.means(), blocks, from.features()),
                scales,
                stored.shares(),
                CentroidRouterCodec.offsets(stored.offsets(), blocks),
                stored.sharpness(),
                stored.perCandidate());
    }
}
