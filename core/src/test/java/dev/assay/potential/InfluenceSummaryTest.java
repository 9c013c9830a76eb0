package dev.assay.potential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.influence.DirectInfluence;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InfluenceSummaryTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private final Objective objective = Objective.of(GeneratedData.of(60, 4, 3, false, 11), 0.03);
    private final double[] theta =
            new NewtonTrainer(1e-12, 100).fit(objective, workers).model().theta();
    private final double[][] direct = DirectInfluence.matrix(objective, theta);

    private LinearGradientSpace space() {
        return LinearGradientSpace.of(objective.at(theta, workers), workers);
    }

    @Test
    void withACellForEachRowTheMapIsTheMatrixGroupByGroup() {
        int[] groups = IntStream.range(0, 60).map(i -> i % 7 == 0 ? -1 : i % 3).toArray();
        InfluenceMap map = InfluenceMap.of(space(), groups, 3, 100, workers);
        int[] order = IntStream.range(0, 3)
                .flatMap(group -> IntStream.range(0, 60).filter(i -> groups[i] == group))
                .toArray();
        assertThat(map.rows()).isEqualTo(order.length);
        assertThat(map.cells().rows()).isEqualTo(order.length);
        assertThat(map.borders()).startsWith(0).endsWith(order.length);
        for (int a = 0; a < order.length; a++) {
            for (int b = 0; b < order.length; b++) {
                double expected = a == b ? 0 : direct[order[a]][order[b]];
                assertThat(map.cells().get(a, b)).isCloseTo(expected, within(1e-7));
            }
        }
    }

    @Test
    void fewerCellsAreMeansThatNeverMixGroups() {
        int[] groups = IntStream.range(0, 60).map(i -> i < 50 ? 0 : 1).toArray();
        InfluenceMap map = InfluenceMap.of(space(), groups, 2, 12, workers);
        assertThat(map.borders()).containsExactly(0, 10, 12);
        double sum = 0;
        for (int i = 0; i < 5; i++) {
            for (int j = 50; j < 55; j++) {
                sum += direct[i][j];
            }
        }
        assertThat(map.cells().get(0, 10)).isCloseTo(sum / 25, within(1e-7));
    }

    @Test
    void aSmallGroupKeepsACellAndAnEmptyOneHasNone() {
        assertThat(InfluenceMap.borders(new int[] {10_000, 0, 3}, 200)).containsExactly(0, 200, 200, 201);
        assertThat(InfluenceMap.borders(new int[] {4, 2}, 200)).containsExactly(0, 4, 6);
    }

    @Test
    void sideBySideGroupsKnowNothingOfEachOther() {
        InfluenceMap one = new InfluenceMap(new Matrix(2, 2, new double[] {1, 2, 3, 4}), new int[] {0, 2}, 5);
        InfluenceMap map = InfluenceMap.sideBySide(List.of(one, one));
        assertThat(map.rows()).isEqualTo(10);
        assertThat(map.borders()).containsExactly(0, 2, 4);
        assertThat(map.cells().values()).containsExactly(1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4);
    }

    @Test
    void theHistogramCountsEveryPairOnce() {
        InfluenceHistogram histogram =
                InfluenceHistogram.of(space(), IntStream.range(0, 60).toArray(), workers);
        assertThat(histogram.pairs()).isEqualTo(60 * 59);
        assertThat(histogram.sampled()).isFalse();
        double total = Arrays.stream(histogram.shares()).sum() + histogram.below() + histogram.above();
        assertThat(total).isCloseTo(1, within(1e-12));
        int bin = 40;
        double from = histogram.low() + bin * histogram.width();
        long inside = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < 60; j++) {
                if (i != j && direct[i][j] >= from && direct[i][j] < from + histogram.width()) {
                    inside++;
                }
            }
        }
        assertThat(histogram.shares()[bin]).isCloseTo(inside / (60.0 * 59), within(3 / (60.0 * 59)));
    }

    @Test
    void aWeightOfTwoCountsItsPairsTwice() {
        Objective other = weighted(2);
        InfluenceHistogram histogram = InfluenceHistogram.of(
                LinearGradientSpace.of(other.at(theta, workers), workers),
                IntStream.range(0, 60).toArray(),
                workers);
        double[][] influence = DirectInfluence.matrix(other, theta);
        assertThat(histogram.pairs()).isEqualTo(60 * 59);
        double[] counted = new double[histogram.shares().length];
        double total = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = 0; j < i; j++) {
                double pairs = i == 3 || j == 3 ? 2 : 1;
                total += pairs;
                int bin = (int) Math.floor((influence[i][j] - histogram.low()) / histogram.width());
                if (bin >= 0 && bin < counted.length) {
                    counted[bin] += pairs;
                }
            }
        }
        for (int bin = 1; bin < counted.length - 1; bin++) {
            assertThat(histogram.shares()[bin]).isCloseTo(counted[bin] / total, within(1e-9));
        }
    }

    @Test
    void aWeightOfZeroCountsNoPair() {
        InfluenceHistogram histogram = InfluenceHistogram.of(
                LinearGradientSpace.of(weighted(0).at(theta, workers), workers),
                IntStream.range(0, 60).toArray(),
                workers);
        assertThat(histogram.pairs()).isEqualTo(59 * 58);
    }

    /** The same with another weight of row 3. */
    private Objective weighted(double weight) {
        double[] weights = objective.data().weights().clone();
        weights[3] = weight;
        return new Objective(objective.data().withWeights(weights), objective.loss(), objective.ridge());
    }
}
