package dev.assay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestRouterTest extends RouterContract {
    @Override
    String name() {
        return "nearest";
    }

    @Override
    double toleranceOfTwins() {
        // a stored row is judged without itself, but not without its twin
        return 0.1;
    }

    @Test
    void votesByMassAndTakesOfTheLastNeighbourWhatIsMissing() {
        Matrix landmarks = new Matrix(3, 1, new double[] {0, 1, 3});
        Matrix masses = new Matrix(3, 2, new double[] {1, 0, 0, 2, 1, 0});
        NearestRouter router = new NearestRouter(landmarks, masses, new double[] {0.25, 0.75}, 2, 1);
        try (Workers workers = Workers.of(1)) {
            Matrix logShares = router.logShares(new Matrix(1, 1, new double[] {0.1}), workers);
            // mass 1 of the first, 1 of the 2 of the second, and the shares as one more
            assertThat(Math.exp(logShares.get(0, 0))).isCloseTo(1.25 / 3, within(1e-12));
            assertThat(Math.exp(logShares.get(0, 1))).isCloseTo(1.75 / 3, within(1e-12));
        }
    }

    @Test
    void neighboursComeNearestFirstAndByIndexOnATie() {
        double[] keys = {3, 1, 2, 1, 0, 3};
        Nearest nearest = new Nearest(keys);
        List<Integer> order = new ArrayList<>();
        nearest.forEachRemaining((int j) -> order.add(j));
        assertThat(order).containsExactly(4, 1, 3, 2, 0, 5);
    }
}
