package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvesTest {
    /** Two classes; the first is predicted with the given probabilities. */
    private static ClassPredictions predictions(double... probabilities) {
        Matrix logs = new Matrix(probabilities.length, 2);
        for (int i = 0; i < probabilities.length; i++) {
            logs.set(i, 0, Math.log(probabilities[i]));
            logs.set(i, 1, Math.log(1 - probabilities[i]));
        }
        return new ClassPredictions(List.of("a", "b"), logs, new Matrix(probabilities.length, 1));
    }

    @Test
    void calibratedPredictionsLieInsideTheirIntervals() {
        Random random = new Random(1);
        int n = 20_000;
        double[] probabilities = new double[n];
        int[] truth = new int[n];
        for (int i = 0; i < n; i++) {
            probabilities[i] = random.nextDouble();
            truth[i] = random.nextDouble() < probabilities[i] ? 0 : 1;
        }
        ReliabilityCurve curve =
                ReliabilityCurve.of(predictions(probabilities), new ClassTargets(truth, List.of("a", "b")));
        assertThat(curve.bins()).hasSize(10);
        assertThat(curve.bins()).allSatisfy(bin -> {
            assertThat(bin.count()).isEqualTo(2000);
            assertThat(bin.observed()).isCloseTo(bin.predicted(), within(0.035));
            assertThat(bin.low()).isLessThan(bin.observed());
            assertThat(bin.high()).isGreaterThan(bin.observed());
        });
    }

    @Test
    void wilsonsIntervalIsThatOfTheTextbook() {
        double[] probabilities = new double[10];
        Arrays.fill(probabilities, 0.9);
        int[] truth = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        ReliabilityCurve.Bin bin = ReliabilityCurve.of(
                        predictions(probabilities), new ClassTargets(truth, List.of("a", "b")))
                .bins()
                .get(0);
        assertThat(bin.observed()).isEqualTo(0.8);
        // Brown, Cai and DasGupta (2001): 8 of 10
        assertThat(bin.low()).isCloseTo(0.4902, within(1e-4));
        assertThat(bin.high()).isCloseTo(0.9433, within(1e-4));
    }

    @Test
    void abstainingLeavesOutTheLeastSureFirst() {
        // wrong where unsure
        double[] probabilities = {0.99, 0.97, 0.95, 0.6};
        AbstentionCurve curve = AbstentionCurve.of(
                predictions(probabilities),
                new ClassTargets(new int[] {0, 0, 0, 1}, List.of("a", "b")),
                new double[] {1, 1, 1, 2});
        AbstentionCurve.Point all = curve.points().get(0);
        assertThat(all.share()).isEqualTo(0);
        assertThat(all.value()).isCloseTo(0.6, within(1e-12));
        assertThat(all.threshold()).isCloseTo(0.6, within(1e-12));
        AbstentionCurve.Point fewer = curve.points().stream()
                .filter(point -> point.share() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(fewer.share()).isCloseTo(0.4, within(1e-12));
        assertThat(fewer.value()).isEqualTo(1);
    }

    @Test
    void forNumbersTheErrorIsInTheUsersUnits() {
        Matrix means = new Matrix(2, 1, new double[] {110, 95});
        RealPredictions predictions =
                new RealPredictions(means, new double[] {1}, new Matrix(2, 1, new double[] {1, 1}));
        AbstentionCurve curve =
                AbstentionCurve.of(predictions, new RealTargets(new double[] {0, 0}, 100, 10), new double[] {1, 1});
        assertThat(curve.metric()).isEqualTo(Metric.ROOT_MEAN_SQUARED_ERROR);
        assertThat(curve.points().get(0).value()).isCloseTo(Math.sqrt((100 + 25) / 2.0), within(1e-12));
    }
}
