package dev.assay.io.model;

import dev.assay.linalg.Matrix;
import dev.assay.route.NearestRouter;

/** Stored examples. */
final class NearestRouterCodec extends RouterCodec<NearestRouter, NearestRouterCodec.StoredNearest> {
    NearestRouterCodec() {
        super("Nearest", NearestRouter.class, StoredNearest.class);
    }

    /** See {@link NearestRouter}. */
    record StoredNearest(String landmarks, String masses, double[] shares, double neighbours, double smoothing)
            implements StoredRouter {}

    @Override
    protected StoredNearest write(NearestRouter router, ComponentWriter to) {
        return new StoredNearest(
                to.matrix("landmarks", router.landmarks()),
                to.matrix("masses", router.masses()),
                router.shares(),
                router.neighbours(),
                router.smoothing());
    }

    @Override
    protected NearestRouter read(StoredNearest stored, ComponentReader from) {
        Matrix landmarks = from.matrix(stored.landmarks(), from.features());
        Matrix masses = from.matrix(stored.masses(), landmarks.rows(), stored.shares().length);
        for (double mass : masses.values()) {
            ComponentReader.require(mass >= 0, "the router has a mass of " + mass + ", expected at least 0");
        }
        return new NearestRouter(landmarks, masses, stored.shares(), stored.neighbours(), stored.smoothing());
    }
}
