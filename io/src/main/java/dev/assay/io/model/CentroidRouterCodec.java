package dev.assay.io.model;

import dev.assay.route.CentroidRouter;

/** Angles to means. */
final class CentroidRouterCodec extends RouterCodec<CentroidRouter, CentroidRouterCodec.StoredCentroid> {
    CentroidRouterCodec() {
        super("Centroid", CentroidRouter.class, StoredCentroid.class);
    }

    /** See {@link CentroidRouter}. */
    record StoredCentroid(String centre, String means, double[] shares, double[] offsets, double sharpness)
            implements StoredRouter {}

    @Override
    protected StoredCentroid write(CentroidRouter router, ComponentWriter to) {
        return new StoredCentroid(
                to.row("centre", router.centre()),
                to.matrix("means", router.means()),
                router.shares(),
                router.offsets(),
                router.sharpness());
    }

    @Override
    protected CentroidRouter read(StoredCentroid stored, ComponentReader from) {
        int blocks = stored.shares().length;
        return new CentroidRouter(
                from.row(stored.centre(), from.features()),
                from.matrix(stored.means(), blocks, from.features()),
                stored.shares(),
                offsets(stored.offsets(), blocks),
                stored.sharpness());
    }

    /** The offsets of a router, if they can be. */
    static double[] offsets(double[] offsets, int blocks) {
        ComponentReader.require(
                offsets.length == blocks, "the router has " + offsets.length + " offsets for " + blocks + " blocks");
        for (double offset : offsets) {
            ComponentReader.require(
                    Double.isFinite(offset), "the router has an offset of " + offset + ", expected a finite number");
        }
        return offsets;
    }
}
