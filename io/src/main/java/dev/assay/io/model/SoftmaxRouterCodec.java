package dev.assay.io.model;

import dev.assay.learn.FeatureMap;
import dev.assay.route.SoftmaxRouter;

/** Softmax regression. */
final class SoftmaxRouterCodec extends RouterCodec<SoftmaxRouter, SoftmaxRouterCodec.StoredSoftmax> {
    SoftmaxRouterCodec() {
        super("Softmax", SoftmaxRouter.class, StoredSoftmax.class);
    }

    /** See {@link SoftmaxRouter}. */
    record StoredSoftmax(int map, double[] shares, String weights) implements StoredRouter {}

    @Override
    protected StoredSoftmax write(SoftmaxRouter router, ComponentWriter to) {
        return new StoredSoftmax(to.map(router.map()), router.shares(), to.matrix("weights", router.weights()));
    }

    @Override
    protected SoftmaxRouter read(StoredSoftmax stored, ComponentReader from) {
        FeatureMap map = from.map(stored.map());
        return new SoftmaxRouter(
                map, stored.shares(), from.matrix(stored.weights(), stored.shares().length, map.outputDimension()));
    }
}
