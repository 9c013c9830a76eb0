package dev.assay.noise;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutliersTest {
    private static final int ROWS = 5000;
    private static final double DEVIATION = 0.2;

    /** Numbers about known predictions, some of which are anything, or too high, or too low. */
    private record Drawn(Matrix predictions, double[] targets, int[] kinds) {
        double share(int kind) {
            return (double) Arrays.stream(kinds).filter(k -> k == kind).count() / kinds.length;
        }
    }

    private static Drawn draw(double anywhere, double above, double below, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix predictions = new Matrix(ROWS, 1);
        double[] targets = new double[ROWS];
        int[] kinds = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double f = 0.9 * random.nextGaussian();
            predictions.set(i, 0, f);
            double u = random.nextDouble();
            kinds[i] = u < anywhere ? 1 : u < anywhere + above ? 2 : u < anywhere + above + below ? 3 : 0;
            double z = random.nextGaussian();
            targets[i] = switch (kinds[i]) {
                case 1 -> z;
                case 2 -> f + Math.abs(z);
                case 3 -> f - Math.abs(z);
                default -> f + DEVIATION * z;
            };
        }
        return new Drawn(predictions, targets, kinds);
    }

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    @ParameterizedTest
    @CsvSource({"0.15, 0, 0", "0, 0.15, 0", "0, 0, 0.15", "0.1, 0.1, 0", "0, 0, 0"})
    void findsTheSharesAndTheDeviation(double anywhere, double above, double below) {
        Drawn drawn = draw(anywhere, above, below, 21);
        Outliers.Fitted found = Outliers.fit(drawn.predictions(), drawn.targets(), ones(ROWS), Workers.shared());
        assertThat(found.model().deviation()).isCloseTo(DEVIATION, within(0.01));
        assertThat(found.model().anywhere()).isCloseTo(drawn.share(1), within(0.03));
        assertThat(found.model().above()).isCloseTo(drawn.share(2), within(0.03));
        assertThat(found.model().below()).isCloseTo(drawn.share(3), within(0.03));
        assertThat(found.share()).isCloseTo(1 - drawn.share(0), within(0.02));
    }

    @Test
    void trustIsTheProbabilityThatANumberIsRight() {
        Drawn drawn = draw(0.1, 0.1, 0, 22);
        double[] trust = Outliers.fit(drawn.predictions(), drawn.targets(), ones(ROWS), Workers.shared())
                .trust();
        for (int fifth = 0; fifth < 5; fifth++) {
            double from = fifth / 5.0;
            int[] own = IntStream.range(0, ROWS)
                    .filter(i -> trust[i] >= from && trust[i] < from + 0.2)
                    .toArray();
            double expected =
                    Arrays.stream(own).mapToDouble(i -> trust[i]).average().orElse(0);
            double right = Arrays.stream(own)
                    .mapToDouble(i -> drawn.kinds()[i] == 0 ? 1 : 0)
                    .average()
                    .orElse(0);
            assertThat(own).hasSizeGreaterThan(50);
            assertThat(right).isCloseTo(expected, within(0.02 + 1.5 / Math.sqrt(own.length)));
        }
    }

    @Test
    void theDensityAddsUpToOne() {
        Outliers outliers = new Outliers(0.3, 1.4, 0.1, 0.2, 0.05);
        double prediction = 0.4;
        double step = 1e-3;
        double sum = 0;
        for (int k = -12_000; k < 12_000; k++) {
            // midpoints: the density jumps at the prediction
            sum += step
                    * Math.exp(outliers.posterior(prediction + (k + 0.5) * step, prediction)
                            .logDensity());
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    @Test
    void theSlopeIsTheDerivativeInThePrediction() {
        Outliers outliers = new Outliers(0.3, 1.4, 0.1, 0.2, 0.05);
        double step = 1e-5;
        // the density jumps where the prediction is the target
        for (double prediction = -2; prediction < 2; prediction += 0.11) {
            double up = outliers.posterior(0.5, prediction + step).logDensity();
            double down = outliers.posterior(0.5, prediction - step).logDensity();
            assertThat(outliers.posterior(0.5, prediction).slope())
                    .as("prediction %s", prediction)
                    .isCloseTo(-(up - down) / (2 * step), within(1e-7));
        }
    }

    @Test
    void theTermsAreBayes() {
        Outliers outliers = new Outliers(1, 2, 0.2, 0.1, 0.3);
        double normal = Math.exp(-0.5) / Math.sqrt(2 * Math.PI);
        double broad = Math.exp(-9.0 / 8) / (2 * Math.sqrt(2 * Math.PI));
        double half = 2 * Math.exp(-1.0 / 8) / (2 * Math.sqrt(2 * Math.PI));
        // one above its prediction: the term below has no part in it
        double[] joint = {0.4 * normal, 0.2 * broad, 0.1 * half, 0};
        double density = Arrays.stream(joint).sum();
        Outliers.Posterior posterior = outliers.posterior(3, 2);
        assertThat(posterior.logDensity()).isCloseTo(Math.log(density), within(1e-12));
        assertClose(
                posterior.terms(),
                Arrays.stream(joint).map(value -> value / density).toArray(),
                1e-12);
        assertThat(posterior.trust()).isCloseTo(joint[0] / density, within(1e-12));
    }

    @Test
    void sharpnessCutsDoubtShort() {
        Matrix prediction = new Matrix(1, 1, new double[] {0});
        double[] targets = {0.9};
        Outliers.Fitted judged = new Outliers(0.3, 1, 0.2, 0, 0).judge(prediction, targets, ones(1));
        double trust = judged.trust()[0];
        assertThat(trust).isBetween(0.05, 0.95);
        Responses.Numbers sharp = (Responses.Numbers) judged.corrected(2);
        assertThat(sharp.trust()[0])
                .isCloseTo(trust * trust / (trust * trust + (1 - trust) * (1 - trust)), within(1e-12));
        assertThat(((Responses.Numbers) judged.corrected(1)).trust()[0]).isCloseTo(trust, within(1e-12));
    }

    @Test
    void weightTwoIsTheRowTwiceAndWeightZeroNoRow() {
        Drawn drawn = draw(0.1, 0.1, 0, 23);
        double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> i % 3).toArray();
        int[] repeated = IntStream.range(0, ROWS)
                .flatMap(i -> IntStream.range(0, i % 3).map(k -> i))
                .toArray();
        Outliers weighted = Outliers.fit(drawn.predictions(), drawn.targets(), weights, Workers.shared())
                .model();
        Outliers copied = Outliers.fit(
                        drawn.predictions().selectRows(repeated),
                        IntStream.of(repeated)
                                .mapToDouble(i -> drawn.targets()[i])
                                .toArray(),
                        ones(repeated.length),
                        Workers.shared())
                .model();
        assertThat(weighted.deviation()).isCloseTo(copied.deviation(), within(1e-4));
        assertThat(weighted.broad()).isCloseTo(copied.broad(), within(1e-12));
        assertThat(weighted.anywhere()).isCloseTo(copied.anywhere(), within(1e-3));
        assertThat(weighted.above()).isCloseTo(copied.above(), within(1e-3));
    }
}
