package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1, 2.5})
    void findsTheScaleThatLabelsWereDrawnWith(double scale) {
        Matrix logits = logits(4000);

        Calibration calibration = Calibration.of(logits, drawn(logits, scale), ones(4000));

        assertThat(calibration.scale()).isCloseTo(scale, within(0.12 * scale));
        assertThat(calibration.deviation()).isNaN();
    }

    @Test
    void noOtherScaleMakesTheLabelsMuchLikelier() {
        Matrix logits = logits(500);
        ClassTargets labels = drawn(logits, 2);
        Calibration calibration = Calibration.of(logits, labels, ones(500));

        double best = Arrays.stream(calibration.logLikelihoods()).sum();

        for (double factor : new double[] {0.7, 1.4}) {
            double[] other =
                    Expert.logLikelihoods(Calibration.scaled(logits, factor * calibration.scale()), labels, Double.NaN);
            assertThat(Arrays.stream(other).sum()).isLessThan(best - 2);
        }
    }

    @Test
    void theScaleStaysFiniteWhereAllLabelsAreRight() {
        Matrix logits = new Matrix(50, 3);
        int[] codes = new int[50];
        for (int i = 0; i < 50; i++) {
            codes[i] = i % 3;
            logits.set(i, codes[i], 1);
        }

        Calibration calibration = Calibration.of(logits, new ClassTargets(codes, NAMES), ones(50));

        assertThat(calibration.scale()).isBetween(2., Math.exp(3));
        for (double one : calibration.logLikelihoods()) {
            assertThat(one).isBetween(-0.7, 0.);
        }
    }

    @Test
    void whereAllLabelsAreWrongTheAnswersAreHardlyBelieved() {
        Matrix logits = new Matrix(200, 3);
        for (int i = 0; i < 200; i++) {
            logits.set(i, 1, 4);
        }

        Calibration calibration = Calibration.of(logits, new ClassTargets(new int[200], NAMES), ones(200));

        assertThat(calibration.scale()).isBetween(Math.exp(-3) - 1e-9, 0.1);
    }

    @Test
    void rowsOfNoWeightDoNotCount() {
        Matrix logits = logits(600);
        int[] codes = drawn(logits, 1.5).codes().clone();
        double[] weights = ones(600);
        for (int i = 300; i < 600; i++) {
            codes[i] = 2;
            weights[i] = 0;
        }
        int[] kept = IntStream.range(0, 300).toArray();

        double scale =
                Calibration.of(logits, new ClassTargets(codes, NAMES), weights).scale();

        double alone = Calibration.of(
                        logits.selectRows(kept), new ClassTargets(Arrays.copyOf(codes, 300), NAMES), ones(300))
                .scale();
        assertThat(scale).isCloseTo(alone, within(1e-9));
    }

    @Test
    void theDeviationIsTheRootOfTheWeightedMeanSquare() {
        Matrix predictions = new Matrix(3, 1, new double[] {1, 1, 0});
        RealTargets targets = new RealTargets(new double[] {4, -3, 100}, 0, 1);

        Calibration calibration = Calibration.of(predictions, targets, new double[] {1, 3, 0});

        // residuals 3 and -4: (9 + 3 16) / 4
        assertThat(calibration.deviation()).isCloseTo(Math.sqrt(14.25), within(1e-12));
        assertThat(calibration.scale()).isEqualTo(1);
    }

    @Test
    void theDeviationOfPerfectPredictionsIsNotZero() {
        Calibration calibration = Calibration.of(
                new Matrix(2, 1, new double[] {1, 2}), new RealTargets(new double[] {1, 2}, 0, 1), ones(2));

        assertThat(calibration.deviation()).isPositive();
        for (double one : calibration.logLikelihoods()) {
            assertThat(one).isFinite();
        }
    }

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    private static Matrix logits(int n) {
        SplittableRandom random = new SplittableRandom(2);
        Matrix result = new Matrix(n, 3);
        Arrays.setAll(result.values(), i -> random.nextGaussian());
        return result;
    }

    /** Labels from the softmax of scaled logits: the largest logit with Gumbel noise. */
    private static ClassTargets drawn(Matrix logits, double scale) {
        SplittableRandom random = new SplittableRandom(6);
        int[] codes = new int[logits.rows()];
        for (int i = 0; i < codes.length; i++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < 3; c++) {
                double value = scale * logits.get(i, c) - Math.log(-Math.log(random.nextDouble()));
                if (value > highest) {
                    highest = value;
                    codes[i] = c;
                }
            }
        }
        return new ClassTargets(codes, NAMES);
    }
}
