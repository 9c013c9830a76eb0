package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ColumnFeatures;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureOutliersTest {
    private static final Workers WORKERS = Workers.shared();

    private static FeatureOutliers of(Matrix features) {
        return FeatureOutliers.of(features, columns(features.columns() - 1), 1, WORKERS);
    }

    private static List<ColumnFeatures> columns(int count) {
        return IntStream.range(0, count)
                .mapToObj(j -> new ColumnFeatures("x" + j, j, j + 1))
                .toList();
    }

    /** Independent numbers, skewed to the right; the bias last. */
    private static Matrix independent(int n, int features, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, features + 1);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < features; j++) {
                x.set(i, j, Math.exp(random.nextGaussian() / 2));
            }
            x.set(i, features, 1);
        }
        return x;
    }

    /** a is skewed to the right, b to the left; F and G by hand, ties counted in. */
    @Test
    void scoresAreThoseOfASmallTableByHand() {
        FeatureOutliers found = of(new Matrix(4, 3, new double[] {1, 5, 1, 2, 5, 1, 3, 1, 1, 10, 5, 1}));

        assertThat(found.scores())
                .containsExactly(
                        new double[] {Math.log(4), Math.log(2), Math.log(8), Math.log(16 / 3.0)}, within(1e-12));
        assertThat(found.farthest().get(0).example()).isEqualTo(2);
        assertThat(found.farthest().get(0).columns())
                .extracting(FeatureOutliers.Term::column)
                .containsExactly("x1", "x0");
        assertThat(found.farthest().get(3).columns())
                .extracting(FeatureOutliers.Term::column)
                .containsExactly("x0");
    }

    @Test
    void permutedRowsHavePermutedScores() {
        Matrix x = independent(300, 4, 5);
        int[] order = IntStream.range(0, 300).map(i -> (7 * i + 11) % 300).toArray();

        double[] plain = of(x).scores();

        assertThat(of(x.selectRows(order)).scores())
                .isEqualTo(Arrays.stream(order).mapToDouble(i -> plain[i]).toArray());
    }

    /** Ranks are all that counts, but for the side that the skewness chooses: a map that keeps its sign changes nothing. */
    @Test
    void increasingMapsChangeNothing() {
        Matrix x = independent(300, 3, 6);
        DoubleUnaryOperator cube = value -> value * value * value;
        Matrix mapped = x.copy();
        for (int i = 0; i < 300; i++) {
            mapped.set(i, 1, cube.applyAsDouble(x.get(i, 1)));
        }

        assertThat(of(mapped).scores()).isEqualTo(of(x).scores());
        assertThat(of(mapped).chances()).isEqualTo(of(x).chances());
    }

    @Test
    void constantColumnsAndThreadsChangeNothing() {
        Matrix x = independent(200, 3, 7);
        List<ColumnFeatures> withBias = columns(4);
        try (Workers two = Workers.of(2)) {
            FeatureOutliers more = FeatureOutliers.of(x, withBias, 1, two);
            assertThat(more.scores()).isEqualTo(of(x).scores());
        }
        try (Workers one = Workers.of(1)) {
            FeatureOutliers alone = FeatureOutliers.of(x, columns(3), 1, one);
            assertThat(alone.chances()).isEqualTo(of(x).chances());
            assertThat(alone.farthest()).isEqualTo(of(x).farthest());
        }
    }

    @Test
    void plantedRowsRankFirstAndAreSaid() {
        Matrix x = independent(1000, 6, 8);
        for (int i = 0; i < 8; i++) {
            for (int j = 1; j < 6; j++) {
                x.set(i, j, 20 + i + j);
            }
        }
        FeatureOutliers found = of(x);

        assertThat(found.farthest().subList(0, 8))
                .extracting(FeatureOutliers.FarRow::example)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(found.areMoreThanChance()).isTrue();
        assertThat(found.chances()[3]).isLessThan(1e-4);
        FeatureOutliers.Histogram histogram = found.histogram();
        assertThat(IntStream.of(histogram.rows()).sum()).isEqualTo(1000);
        assertThat(IntStream.of(histogram.shuffled()).sum()).isEqualTo(found.shuffledRows());
        int fence = (int) ((found.fence() - histogram.low()) / histogram.width());
        assertThat(found.beyond())
                .isBetween(
                        IntStream.of(histogram.rows()).skip(fence + 1).sum(),
                        IntStream.of(histogram.rows()).skip(fence).sum());
        assertThat(IntStream.of(histogram.shuffled()).skip(fence + 1).sum())
                .isLessThanOrEqualTo(found.shuffledRows() / 1000);
        assertThat(found.farthest().get(0).columns())
                .extracting(FeatureOutliers.Term::column)
                .doesNotContain("x0");
    }

    /** One file in a hundred may speak by chance: of thirty two would be much. */
    @Test
    void independentColumnsAreSilent() {
        long said = IntStream.range(0, 30)
                .filter(seed -> of(independent(300, 1 + seed % 6, 100 + seed)).areMoreThanChance())
                .count();

        assertThat(said).isLessThan(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void columnsThatGoTogetherHaveNoFence(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(500, 9);
        for (int i = 0; i < 500; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < 8; j++) {
                x.set(i, j, common + 0.5 * random.nextGaussian());
            }
        }
        FeatureOutliers found = of(x);

        assertThat(found.divides()).isFalse();
        assertThat(found.areMoreThanChance()).isFalse();
        assertThat(found.beyond()).isGreaterThan(10);
    }

    /** The levels of a category are shuffled as one column: a table of one category is its own control. */
    @Test
    void aCategoryIsShuffledAsAWhole() {
        Matrix x = new Matrix(100, 4);
        for (int i = 0; i < 100; i++) {
            x.set(i, i < 5 ? 0 : i < 40 ? 1 : 2, 1);
        }
        FeatureOutliers found = FeatureOutliers.of(x, List.of(new ColumnFeatures("kind", 0, 3)), 1, WORKERS);

        assertThat(found.expected()).isEqualTo(found.beyond());
        assertThat(found.chances()[0]).isCloseTo(0.05, within(0.001));
    }
}
