package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.SamplingUnits;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final List<String> NAMES = List.of("no", "yes");

    /** Predictions of "yes" with the given probabilities. */
    private static ClassPredictions yes(double... probabilities) {
        Matrix logs = new Matrix(probabilities.length, 2);
        Matrix blocks = new Matrix(probabilities.length, 1);
        for (int i = 0; i < probabilities.length; i++) {
            logs.set(i, 0, Math.log(1 - probabilities[i]));
            logs.set(i, 1, Math.log(probabilities[i]));
            blocks.set(i, 0, 1);
        }
        return new ClassPredictions(NAMES, logs, blocks);
    }

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    private static Evaluation evaluate(Targets targets, double[] weights, int threads, Predictions... predictions) {
        try (Workers workers = Workers.of(threads)) {
            List<Evaluation.Contestant> contestants = Arrays.stream(predictions)
                    .map(its -> new Evaluation.Contestant("predictor", its))
                    .toList();
            return Evaluation.of(contestants, targets, SamplingUnits.independent(weights), 400, 1, workers);
        }
    }

    private static double value(Evaluation evaluation, int entry, Metric metric) {
        return evaluation.entries().get(entry).measure(metric).value();
    }

    @Test
    void measuresOfFourRows() {
        Targets truth = new ClassTargets(new int[] {1, 1, 0, 0}, NAMES);
        Evaluation evaluation = evaluate(truth, ones(4), 1, yes(0.9, 0.8, 0.3, 0.6));
        assertThat(value(evaluation, 0, Metric.ACCURACY)).isCloseTo(0.75, within(1e-12));
        double logLoss = -(Math.log(0.9) + Math.log(0.8) + Math.log(0.7) + Math.log(0.4)) / 4;
        assertThat(value(evaluation, 0, Metric.LOG_LOSS)).isCloseTo(logLoss, within(1e-12));
        // four bins of one row each: 0.1 + 0.2 + 0.3 + 0.6
        assertThat(value(evaluation, 0, Metric.CALIBRATION_ERROR)).isCloseTo(0.3, within(1e-12));
        // 3.6 rows are kept, of the least certain and wrong one 0.6
        assertThat(value(evaluation, 0, Metric.ERROR_WHEN_ABSTAINING)).isCloseTo(0.6 / 3.6, within(1e-12));
    }

    @Test
    void calibrationErrorCancelsInsideABinOnly() {
        double[] sure = {0.75, 0.75, 0.75, 0.75};
        assertThat(Scores.calibrationError(new double[] {0, 0, 0, 1}, sure, ones(4)))
                .isZero();
        assertThat(Scores.calibrationError(new double[] {0, 0, 1, 1}, sure, ones(4)))
                .isCloseTo(0.25, within(1e-12));
        // certain and right, certain and wrong: the last bin holds probability 1
        assertThat(Scores.calibrationError(new double[] {0, 1}, new double[] {1, 1}, ones(2)))
                .isCloseTo(0.5, within(1e-12));
        assertThat(Scores.calibrationError(new double[] {0, 1}, new double[] {0.95, 0.55}, ones(2)))
                .isCloseTo((0.05 + 0.55) / 2, within(1e-12));
    }

    @Test
    void weightTwoIsTheRowTwice() {
        Targets once = new ClassTargets(new int[] {1, 0, 1}, NAMES);
        Targets twice = new ClassTargets(new int[] {1, 0, 0, 1}, NAMES);
        Evaluation weighted = evaluate(once, new double[] {1, 2, 1}, 1, yes(0.9, 0.7, 0.6));
        Evaluation repeated = evaluate(twice, ones(4), 1, yes(0.9, 0.7, 0.7, 0.6));
        for (Metric metric :
                List.of(Metric.ACCURACY, Metric.LOG_LOSS, Metric.CALIBRATION_ERROR, Metric.ERROR_WHEN_ABSTAINING)) {
            assertThat(value(weighted, 0, metric)).isCloseTo(value(repeated, 0, metric), within(1e-12));
        }
    }

    /** n rows of which the given share is right. */
    private static ClassPredictions right(int n, double share, SplittableRandom random) {
        double[] probabilities = new double[n];
        for (int i = 0; i < n; i++) {
            probabilities[i] = random.nextDouble() < share ? 0.8 : 0.2;
        }
        return yes(probabilities);
    }

    @Test
    void theIntervalOfAnAccuracyIsAsWideAsItsStandardErrorSays() {
        int n = 1000;
        int[] codes = new int[n];
        Arrays.fill(codes, 1);
        Evaluation evaluation =
                evaluate(new ClassTargets(codes, NAMES), ones(n), 1, right(n, 0.8, new SplittableRandom(1)));
        Evaluation.Interval accuracy = evaluation.entries().get(0).measure(Metric.ACCURACY);
        double error = Math.sqrt(accuracy.value() * (1 - accuracy.value()) / n);
        assertThat((accuracy.high() - accuracy.low()) / 2).isCloseTo(1.96 * error, within(0.2 * error));
        assertThat(accuracy.value()).isBetween(accuracy.low(), accuracy.high());
    }

    @Test
    void mostIntervalsHoldTheTruth() {
        int held = 0;
        int trials = 60;
        for (int trial = 0; trial < trials; trial++) {
            int[] codes = new int[200];
            Arrays.fill(codes, 1);
            ClassPredictions predictions = right(200, 0.8, new SplittableRandom(trial));
            Evaluation.Interval accuracy = evaluate(new ClassTargets(codes, NAMES), ones(200), 1, predictions)
                    .entries()
                    .get(0)
                    .measure(Metric.ACCURACY);
            held += accuracy.low() <= 0.8 && 0.8 <= accuracy.high() ? 1 : 0;
        }
        assertThat(held).isBetween(51, 60);
    }

    @Test
    void equalPredictorsDifferByNothingInEveryDraw() {
        Targets truth = new ClassTargets(new int[] {1, 1, 0, 0}, NAMES);
        Evaluation evaluation = evaluate(truth, ones(4), 1, yes(0.9, 0.8, 0.3, 0.6), yes(0.9, 0.8, 0.3, 0.6));
        Evaluation.Interval difference =
                evaluation.entries().get(1).againstFirst().get(Metric.ACCURACY);
        assertThat(difference).isEqualTo(new Evaluation.Interval(0, 0, 0));
    }

    @Test
    void sameBytesForAnyNumberOfThreads() {
        Targets truth = new ClassTargets(new int[] {1, 1, 0, 0}, NAMES);
        assertThat(evaluate(truth, ones(4), 2, yes(0.9, 0.8, 0.3, 0.6)))
                .isEqualTo(evaluate(truth, ones(4), 1, yes(0.9, 0.8, 0.3, 0.6)));
    }

    @Test
    void measuresOfNumbers() {
        // predictions 1 and 5 with standard deviation 2, truths 2 and 4
        RealPredictions predictions = new RealPredictions(
                new Matrix(2, 1, new double[] {1, 5}), new double[] {2}, new Matrix(2, 1, new double[] {1, 1}));
        Evaluation evaluation = evaluate(new RealTargets(new double[] {-1, 1}, 3, 1), ones(2), 1, predictions);
        assertThat(value(evaluation, 0, Metric.ROOT_MEAN_SQUARED_ERROR)).isCloseTo(1, within(1e-12));
        assertThat(value(evaluation, 0, Metric.R_SQUARED)).isCloseTo(0, within(1e-12));
        double logDensity = -0.125 - Math.log(2 * Math.sqrt(2 * Math.PI));
        assertThat(value(evaluation, 0, Metric.LOG_DENSITY)).isCloseTo(logDensity, within(1e-12));
    }

    @Test
    void copiesOfACaseAddNothingToWhatAnIntervalKnows() {
        SplittableRandom random = new SplittableRandom(5);
        int n = 60;
        int copies = 10;
        int[] codes = new int[n * copies];
        double[] said = new double[n * copies];
        int[] groups = new int[n * copies];
        for (int i = 0; i < n; i++) {
            int code = random.nextInt(2);
            double yes = random.nextDouble();
            for (int k = 0; k < copies; k++) {
                codes[i * copies + k] = code;
                said[i * copies + k] = yes;
                groups[i * copies + k] = i;
            }
        }
        int[] firstCodes = IntStream.range(0, n).map(i -> codes[i * copies]).toArray();
        double[] firstSaid =
                IntStream.range(0, n).mapToDouble(i -> said[i * copies]).toArray();

        double once = width(firstCodes, firstSaid, SamplingUnits.independent(ones(n)));
        double grouped = width(codes, said, new SamplingUnits(ones(n * copies), groups));
        double ungrouped = width(codes, said, SamplingUnits.independent(ones(n * copies)));

        assertThat(grouped).isCloseTo(once, within(0.2 * once));
        assertThat(ungrouped).isLessThan(0.5 * once);
    }

    private static double width(int[] codes, double[] said, SamplingUnits units) {
        try (Workers workers = Workers.of(1)) {
            Evaluation.Interval accuracy = Evaluation.of(
                            List.of(new Evaluation.Contestant("predictor", yes(said))),
                            new ClassTargets(codes, NAMES),
                            units,
                            1000,
                            7,
                            workers)
                    .entries()
                    .get(0)
                    .measure(Metric.ACCURACY);
            return accuracy.high() - accuracy.low();
        }
    }
}
