package dev.assay.onnx;

import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import dev.assay.route.AdaptiveClusteringRouter;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Scaled distances to means. Assigning and measuring in turn is looking up, for each space, which mean is the nearest in it. */
final class AdaptiveClusteringRouterConverter extends RouterConverter<AdaptiveClusteringRouter> {
    AdaptiveClusteringRouterConverter() {
        super(AdaptiveClusteringRouter.class);
    }

    @Override
    protected Value convert(AdaptiveClusteringRouter router, Parts parts) {
        int blocks = router.means().rows();
        Value distances = router.perCandidate()
                ? distances(parts, router.scales(), router.means())
                : settled(router, parts, blocks);
        return LogShares.of(distances, router.shares(), router.offsets(), -router.sharpness());
    }

    private static Value settled(AdaptiveClusteringRouter router, Parts parts, int blocks) {
        Graph graph = parts.graph();
        Matrix plain = new Matrix(blocks, router.means().columns());
        Arrays.fill(plain.values(), 1);
        // the space and the mean of each column: all means in the first space, then all in the second, ...
        int[] spaces = IntStream.range(0, blocks * blocks).map(j -> j / blocks).toArray();
        int[] means = IntStream.range(0, blocks * blocks).map(j -> j % blocks).toArray();
        Value bySpace = distances(
                        parts,
                        router.scales().selectRows(spaces),
                        router.means().selectRows(means))
                .shaped(0, blocks, blocks);
        Value nearest = bySpace.placeOfSmallest().shaped(0, blocks);
        Value assigned = distances(parts, plain, router.means()).placeOfSmallest();
        for (int round = 1; round < AdaptiveClusteringRouter.ROUNDS; round++) {
            assigned = nearest.entries(assigned);
        }
        Value numbers = graph.wholes(LongStream.range(0, blocks).toArray()).shaped(1, blocks);
        Value chosen = assigned.isEqualTo(numbers).as(ElementType.DOUBLE).shaped(0, blocks, 1);
        return chosen.times(bySpace).middleSums();
    }

    /** (1/d) sum_q v_jq (x_q - mu_jq)^2 for each pair j of a space v and a mean mu. */
    private static Value distances(Parts parts, Matrix scales, Matrix means) {
        int d = means.columns();
        Matrix squares = new Matrix(means.rows(), d);
        Matrix products = new Matrix(means.rows(), d);
        double[] constants = new double[means.rows()];
        for (int j = 0; j < constants.length; j++) {
            for (int q = 0; q < d; q++) {
                double v = scales.get(j, q) / d;
                double mean = means.get(j, q);
                squares.set(j, q, v);
                products.set(j, q, -2 * v * mean);
                constants[j] += v * mean * mean;
            }
        }
        Value x = parts.features();
        return x.times(x)
                .timesTransposed(squares)
                .plus(x.timesTransposed(products))
                .plus(parts.graph().row(constants));
    }
}
