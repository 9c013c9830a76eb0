package dev.assay.io.model;

import dev.assay.route.PriorRouter;

/** Shares alone. */
final class PriorRouterCodec extends RouterCodec<PriorRouter, PriorRouterCodec.StoredPrior> {
    PriorRouterCodec() {
        super("Prior", PriorRouter.class, StoredPrior.class);
    }

    /** See {@link PriorRouter}. */
    record StoredPrior(double[] shares) implements StoredRouter {}

    @Override
    protected StoredPrior write(PriorRouter router, ComponentWriter to) {
        return new StoredPrior(router.shares());
    }

    @Override
    protected PriorRouter read(StoredPrior stored, ComponentReader from) {
        return new PriorRouter(stored.shares(), from.features());
    }
}
