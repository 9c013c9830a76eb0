package dev.assay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import org.junit.jupiter.api.Test;

class AdaptiveClusteringRouterTest extends RouterContract {
    @Override
    String name() {
        return "adaptive-clustering";
    }

    @Test
    void aTightFeatureCountsMoreInTheBlockThatIsTight() {
        // spreads 0.5 and 2 in the first feature, 1 and 1 in the second, none in the bias
        Matrix scales = MeansFamily.scales(new Matrix(2, 3, new double[] {0.5, 1, 0, 2, 1, 0}));
        assertThat(scales.get(0, 0) / scales.get(1, 0)).isCloseTo(4, within(1e-3));
        assertThat(scales.get(0, 0) + scales.get(1, 0)).isCloseTo(2, within(1e-12));
        assertThat(scales.get(0, 1)).isCloseTo(1, within(1e-12));
        assertThat(scales.get(1, 2)).isEqualTo(1);
    }

    @Test
    void assignmentAndSpaceSettle() {
        Matrix means = new Matrix(2, 2, new double[] {0, 0, 2, 0});
        // block 1 measures the first feature only, block 2 the second
        Matrix scales = new Matrix(2, 2, new double[] {1, 0, 0, 1});
        Matrix x = new Matrix(1, 2, new double[] {0.5, 3});
        try (Workers workers = Workers.of(1)) {
            Matrix common = AdaptiveClusteringRouter.distances(x, means, scales, false, workers);
            assertThat(common.row(0)).containsExactly(0.125, 1.125);
            Matrix own = AdaptiveClusteringRouter.distances(x, means, scales, true, workers);
            assertThat(own.row(0)).containsExactly(0.125, 4.5);
        }
    }
}
