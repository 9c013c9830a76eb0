package dev.assay.onnx;

import dev.assay.onnx.graph.Value;
import dev.assay.route.SoftmaxRouter;

/** Softmax regression. */
final class SoftmaxRouterConverter extends RouterConverter<SoftmaxRouter> {
    SoftmaxRouterConverter() {
        super(SoftmaxRouter.class);
    }

    @Override
    protected Value convert(SoftmaxRouter router, Parts parts) {
        return LogShares.of(parts.seenThrough(router.map()).timesTransposed(router.weights()), router.shares());
    }
}
