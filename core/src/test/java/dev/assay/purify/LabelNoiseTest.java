package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelNoiseTest {
    private static final int EXAMPLES = 4000;

    /** Labels drawn from the logits' own probabilities, a share of them moved to another class. */
    private static ClassTargets drawn(Matrix logits, double share, SplittableRandom random) {
        int[] codes = new int[logits.rows()];
        Matrix probabilities = logits.copy();
        Expert.normalise(probabilities);
        for (int i = 0; i < codes.length; i++) {
            double left = random.nextDouble();
            while (codes[i] < 2 && left >= Math.exp(probabilities.get(i, codes[i]))) {
                left -= Math.exp(probabilities.get(i, codes[i]));
                codes[i]++;
            }
            if (random.nextDouble() < share) {
                codes[i] = (codes[i] + 1 + random.nextInt(2)) % 3;
            }
        }
        return new ClassTargets(codes, List.of("a", "b", "c"));
    }

    private static Matrix logits(SplittableRandom random) {
        Matrix logits = new Matrix(EXAMPLES, 3);
        Arrays.setAll(logits.values(), k -> 4 * random.nextGaussian());
        return logits;
    }

    private static double[] ones(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1);
        return weights;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.1, 1", "0.3, 1", "0.2, 0.5", "0.2, 3"})
    void findsTheShareAndTheScaleOfFlips(double share, double shrunk) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix logits = logits(random);
        ClassTargets labels = drawn(logits, share, random);
        Arrays.setAll(logits.values(), k -> logits.values()[k] * shrunk);
        LabelNoise noise = LabelNoise.fit(logits, labels, ones(EXAMPLES));
        assertThat(noise.share()).isCloseTo(share, within(0.02));
        assertThat(noise.scale() * shrunk).isCloseTo(1, within(0.15));
    }

    @Test
    void trustIsTheShareOfRightLabelsAmongThoseThatLookAlike() {
        SplittableRandom random = new SplittableRandom(2);
        Matrix logits = logits(random);
        ClassTargets right = drawn(logits, 0, random);
        int[] codes = right.codes().clone();
        boolean[] wrong = new boolean[codes.length];
        for (int i = 0; i < codes.length; i++) {
            if (random.nextDouble() < 0.25) {
                codes[i] = (codes[i] + 1 + random.nextInt(2)) % 3;
                wrong[i] = true;
            }
        }
        LabelNoise noise = LabelNoise.fit(logits, new ClassTargets(codes, right.names()), ones(codes.length));
        double expected = 0;
        int actual = 0;
        int count = 0;
        for (int i = 0; i < codes.length; i++) {
            if (noise.trust()[i] > 0.2 && noise.trust()[i] < 0.8) {
                expected += noise.trust()[i];
                actual += wrong[i] ? 0 : 1;
                count++;
            }
        }
        assertThat(count).isGreaterThan(100);
        // the flips are not uniform given the expert's answer, so the two agree only about
        assertThat((double) actual / count).isCloseTo(expected / count, within(0.1));
    }

    @Test
    void theTermsSumToTheLogLikelihood() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix logits = logits(random);
        double[] weights = random.doubles(EXAMPLES, 0, 2).toArray();
        LabelNoise noise = LabelNoise.fit(logits, drawn(logits, 0.2, random), weights);
        assertThat(Arrays.stream(noise.logLikelihoods(weights)).sum()).isCloseTo(noise.logLikelihood(), within(1e-6));
    }

    @Test
    void aWeightOfTwoIsTheExampleTwice() {
        SplittableRandom random = new SplittableRandom(4);
        Matrix logits = logits(random);
        ClassTargets labels = drawn(logits, 0.2, random);
        double[] weights = ones(EXAMPLES);
        weights[0] = 2;
        weights[7] = 2;
        int[] twice = new int[EXAMPLES + 2];
        Arrays.setAll(twice, i -> i < EXAMPLES ? i : 7 * (i - EXAMPLES));
        LabelNoise weighted = LabelNoise.fit(logits, labels, weights);
        LabelNoise repeated = LabelNoise.fit(logits.selectRows(twice), labels.select(twice), ones(twice.length));
        assertThat(repeated.share()).isCloseTo(weighted.share(), within(1e-6));
        assertThat(repeated.logLikelihood()).isCloseTo(weighted.logLikelihood(), within(1e-6));
    }

    @Test
    void findsTheShareOfUnexplainedTargets() {
        SplittableRandom random = new SplittableRandom(5);
        Matrix predictions = new Matrix(EXAMPLES, 1);
        double[] targets = new double[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            predictions.set(i, 0, random.nextGaussian());
            targets[i] = predictions.get(i, 0) + 0.1 * random.nextGaussian();
            if (random.nextDouble() < 0.2) {
                targets[i] = random.nextGaussian();
            }
        }
        LabelNoise noise = LabelNoise.fit(predictions, new RealTargets(targets, 0, 1), ones(EXAMPLES));
        assertThat(noise.share()).isCloseTo(0.2, within(0.02));
        assertThat(noise.scale()).isCloseTo(0.1, within(0.01));
    }
}
