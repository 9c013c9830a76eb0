package dev.assay.onnx;

import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import dev.assay.route.CentroidRouter;

/** Angles to means. */
final class CentroidRouterConverter extends RouterConverter<CentroidRouter> {
    CentroidRouterConverter() {
        super(CentroidRouter.class);
    }

    @Override
    protected Value convert(CentroidRouter router, Parts parts) {
        Graph graph = parts.graph();
        Value moved = parts.features().minus(graph.row(router.centre()));
        Value length = SquaredNorms.ofRows(moved).root();
        // what is at the centre has no direction: zeros, whatever they are divided by
        Value direction = moved.over(length.isAbove(0).choose(length, graph.number(1)));
        return LogShares.of(
                direction.timesTransposed(directions(router)), router.shares(), router.offsets(), router.sharpness());
    }

    private static Matrix directions(CentroidRouter router) {
        Matrix result = router.means().copy();
        for (int k = 0; k < result.rows(); k++) {
            for (int j = 0; j < result.columns(); j++) {
                result.set(k, j, result.get(k, j) - router.centre()[j]);
            }
        }
        double[] squares = SquaredNorms.ofRows(result);
        for (int k = 0; k < result.rows(); k++) {
            for (int j = 0; j < result.columns() && squares[k] > 0; j++) {
                result.set(k, j, result.get(k, j) / Math.sqrt(squares[k]));
            }
        }
        return result;
    }
}
