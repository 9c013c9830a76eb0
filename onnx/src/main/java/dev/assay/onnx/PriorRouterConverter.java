package dev.assay.onnx;

import dev.assay.onnx.graph.Value;
import dev.assay.route.PriorRouter;
import java.util.Arrays;

/** Shares alone. */
final class PriorRouterConverter extends RouterConverter<PriorRouter> {
    PriorRouterConverter() {
        super(PriorRouter.class);
    }

    @Override
    protected Value convert(PriorRouter router, Parts parts) {
        double[] shares = router.shares();
        return parts.graph()
                .row(Arrays.stream(shares).map(Math::log).toArray())
                .logSoftmax()
                .repeatedFor(parts.features(), shares.length);
    }
}
