package dev.assay.potential;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.influence.DirectInfluence;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.LogisticLoss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PotentialTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Linearization fitted(Objective objective) {
        return objective.at(new NewtonTrainer().fit(objective, workers).model().theta(), workers);
    }

    private LinearGradientSpace space(Linearization at) {
        return LinearGradientSpace.of(at, workers);
    }

    private static Dataset shuffled(Dataset data) {
        int n = data.size();
        // 7 and n have no common divisor for the sizes used here
        return data.select(IntStream.range(0, n).map(i -> 7 * i % n).toArray());
    }

    /** One class stands for regression; more features than examples, and more parameters than lanes hold, too. */
    @ParameterizedTest
    @CsvSource({"40, 4, 3", "40, 4, 2", "40, 4, 1", "12, 20, 3", "12, 20, 2", "12, 20, 1", "30, 400, 3", "400, 195, 3"})
    void momentsAreThoseOfTheFullMatrix(int n, int d, int classes) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, false, 11), 0.05);
        Linearization at = fitted(objective);
        double[][] x = n * d > 10_000 ? matrix(space(at)) : DirectInfluence.matrix(objective, at.theta());
        double pairs = (double) n * (n - 1);
        double mean = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean += i == j ? 0 : x[i][j] / pairs;
            }
        }
        double[] central = new double[5];
        double[] raw = new double[5];
        double[] squares = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 2; k < 5 && i != j; k++) {
                    central[k] += Math.pow(x[i][j] - mean, k) / pairs;
                    raw[k] += Math.pow(x[i][j], k) / pairs;
                }
                squares[i] += i == j ? 0 : x[i][j] * x[i][j];
            }
        }
        Potential potential = Potential.of(space(at), workers);
        assertThat(potential.mean()).isCloseTo(mean, within(1e-9 * Math.sqrt(raw[2])));
        assertThat(potential.variance()).isCloseTo(central[2], within(1e-9 * central[2]));
        InfluenceMoments moments = InfluenceMoments.of(space(at), 1, workers);
        assertThat(moments.potential()).isEqualTo(potential);
        assertThat(moments.rawSecond()).isCloseTo(raw[2], within(1e-9 * raw[2]));
        assertThat(moments.rawFourth()).isCloseTo(raw[4], within(1e-8 * raw[4]));
        double skewness = central[3] / Math.pow(central[2], 1.5);
        double kurtosis = central[4] / (central[2] * central[2]) - 3;
        assertThat(moments.skewness()).isCloseTo(skewness, within(1e-8 * (1 + Math.abs(skewness))));
        assertThat(moments.excessKurtosis()).isCloseTo(kurtosis, within(1e-8 * (1 + Math.abs(kurtosis))));
        assertThat(moments.pairs()).isEqualTo((long) n * (n - 1));
        assertThat(moments.excessKurtosisError()).isZero();
        double[] shares = RowVariance.shares(space(at), workers);
        double total = Arrays.stream(squares).sum();
        assertClose(shares, Arrays.stream(squares).map(s -> s / total).toArray(), 1e-9);
    }

    private double[][] matrix(LinearGradientSpace space) {
        int[] all = IntStream.range(0, space.size()).toArray();
        Matrix x = space.influences(all, all, workers);
        return Arrays.stream(all).mapToObj(x::row).toArray(double[][]::new);
    }

    @Test
    void aWeightOfTwoIsTheRowTwiceAndOfZeroNoRow() {
        Dataset data = GeneratedData.of(50, 4, 3, false, 12);
        double[] weights = new double[50];
        int[] copies = IntStream.range(0, 50)
                .flatMap(i -> IntStream.range(0, i % 3).map(copy -> i))
                .toArray();
        for (int i : copies) {
            weights[i]++;
        }
        Linearization weighted = fitted(Objective.of(data.withWeights(weights), 0.02));
        Linearization repeated = Objective.of(data.select(copies), 0.02).at(weighted.theta(), workers);
        Potential expected = Potential.of(space(repeated), workers);
        Potential actual = Potential.of(space(weighted), workers);
        assertThat(actual.variance()).isCloseTo(expected.variance(), within(1e-9 * expected.variance()));
        assertThat(actual.mean()).isCloseTo(expected.mean(), within(1e-9));
        InfluenceMoments moments = InfluenceMoments.of(space(weighted), 1, workers);
        InfluenceMoments expectedMoments = InfluenceMoments.of(space(repeated), 1, workers);
        assertThat(moments.skewness()).isCloseTo(expectedMoments.skewness(), within(1e-8));
        assertThat(moments.excessKurtosis()).isCloseTo(expectedMoments.excessKurtosis(), within(1e-7));
        double[] shares = RowVariance.shares(space(weighted), workers);
        double[] copyShares = RowVariance.shares(space(repeated), workers);
        double[] summed = new double[50];
        for (int k = 0; k < copies.length; k++) {
            summed[copies[k]] += copyShares[k];
        }
        assertClose(shares, summed, 1e-10);
    }

    @Test
    void rowsOfWeightBelowOneHaveNoCopies() {
        Dataset plain = GeneratedData.of(40, 6, 2, false, 19);
        double[] weights = new double[40];
        for (int i = 0; i < 40; i++) {
            weights[i] = 0.1 + 0.02 * i;
        }
        Objective objective = Objective.of(plain.withWeights(weights), 0.02);
        Linearization at = fitted(objective);
        double[][] x = DirectInfluence.matrix(objective, at.theta());
        double pairs = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                double weight = i == j ? 0 : weights[i] * weights[j];
                pairs += weight;
                first += weight * x[i][j];
                second += weight * x[i][j] * x[i][j];
            }
        }
        Potential potential = Potential.of(space(at), workers);
        double expected = second / pairs - first / pairs * (first / pairs);
        assertThat(potential.variance()).isCloseTo(expected, within(1e-9 * expected));
        assertThat(potential.mean()).isCloseTo(first / pairs, within(1e-9));
        assertThat(InfluenceMoments.of(space(at), 1, workers).rawSecond())
                .isCloseTo(second / pairs, within(1e-9 * expected));
        assertThat(Arrays.stream(RowVariance.shares(space(at), workers)).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theOrderOfTheRowsDoesNotMatter() {
        Dataset data = GeneratedData.of(60, 5, 3, false, 13);
        Potential expected = Potential.of(space(fitted(Objective.of(data, 0.02))), workers);
        Potential actual = Potential.of(space(fitted(Objective.of(shuffled(data), 0.02))), workers);
        assertThat(actual.variance()).isCloseTo(expected.variance(), within(1e-8 * expected.variance()));
    }

    @Test
    void theSameBitsWithOneThread() {
        Linearization at = fitted(Objective.of(GeneratedData.of(3000, 20, 3, true, 14), 0.02));
        try (Workers one = Workers.of(1)) {
            assertThat(Potential.of(space(at), workers)).isEqualTo(Potential.of(LinearGradientSpace.of(at, one), one));
            assertThat(InfluenceMoments.of(space(at), 3, workers))
                    .isEqualTo(InfluenceMoments.of(LinearGradientSpace.of(at, one), 3, one));
            assertThat(RowVariance.shares(space(at), workers))
                    .isEqualTo(RowVariance.shares(LinearGradientSpace.of(at, one), one));
        }
    }

    @Test
    void twoLogitsWithARidgeAreOneLogitWithHalfOfIt() {
        Dataset data = GeneratedData.of(80, 5, 2, false, 15);
        Potential two = Potential.of(space(fitted(new Objective(data, new SoftmaxLoss(2), 0.04))), workers);
        Potential one = Potential.of(space(fitted(new Objective(data, new LogisticLoss(), 0.02))), workers);
        assertThat(two.variance()).isCloseTo(one.variance(), within(1e-7 * one.variance()));
    }

    @Test
    void sampledMomentsLieWithinTheirStandardErrors() {
        Linearization at = fitted(Objective.of(GeneratedData.of(1500, 6, 3, false, 16), 0.02));
        InfluenceMoments exact = InfluenceMoments.of(space(at), 1, workers);
        InfluenceMoments sampled = InfluenceMoments.of(space(at), 800, 1, workers);
        assertThat(sampled.pairs()).isEqualTo(16L * 50 * 49);
        assertThat(sampled.potential()).isEqualTo(exact.potential());
        assertThat(sampled.rawFourthError()).isGreaterThan(0);
        assertThat(sampled.rawFourth()).isCloseTo(exact.rawFourth(), within(4 * sampled.rawFourthError()));
        assertThat(sampled.skewness()).isCloseTo(exact.skewness(), within(4 * sampled.skewnessError()));
        assertThat(sampled.excessKurtosis())
                .isCloseTo(exact.excessKurtosis(), within(4 * sampled.excessKurtosisError()));
        assertThat(InfluenceMoments.of(space(at), 800, 2, workers).rawFourth()).isNotEqualTo(sampled.rawFourth());
    }

    @Test
    void onePairIsTheLeastThatThereMustBe() {
        Objective single = Objective.of(GeneratedData.of(1, 3, 2, false, 18), 0.1);
        assertThatThrownBy(() -> Potential.of(space(single.at(new double[3], workers)), workers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pair");
    }
}
