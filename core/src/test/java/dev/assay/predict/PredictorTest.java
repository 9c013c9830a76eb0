package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.InvalidInputException;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import org.junit.jupiter.api.Test;

class PredictorTest {
    private static final double[] SHARES = {0.7, 0.3};

    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private static ClassPredictions classes(Matrix x, Routing routing) {
        try (Workers workers = Workers.of(1)) {
            return (ClassPredictions) new Predictor(SmallModels.classes(SHARES, 0)).predict(x, routing, workers);
        }
    }

    @Test
    void softPredictionIsTheMixtureOfTheExperts() {
        ClassPredictions predictions = classes(SmallModels.rows(2, -1), new Routing.Soft());
        Matrix probabilities = predictions.probabilities();
        assertThat(probabilities.get(0, 1)).isCloseTo(0.7 * logistic(2) + 0.3 * logistic(-2), within(1e-12));
        assertThat(probabilities.get(1, 1)).isCloseTo(0.7 * logistic(-1) + 0.3 * logistic(1), within(1e-12));
        assertThat(probabilities.get(0, 0) + probabilities.get(0, 1)).isCloseTo(1, within(1e-12));
        assertThat(predictions.blocks().row(0)).containsExactly(new double[] {0.7, 0.3}, within(1e-12));
        assertThat(predictions.codes()).containsExactly(1, 0);
        assertThat(predictions.likeliestBlocks()).containsExactly(1, 1);
    }

    @Test
    void hardPredictionIsThatOfTheLikeliestExpert() {
        ClassPredictions predictions = classes(SmallModels.rows(2), new Routing.Hard(new Routing.Soft()));
        assertThat(predictions.probabilities().get(0, 1)).isCloseTo(logistic(2), within(1e-12));
        assertThat(predictions.blocks().row(0)).containsExactly(1, 0);
    }

    @Test
    void givenBlocksAreUsedAndUnknownOnesAreRoutedSoftly() {
        ClassPredictions predictions = classes(SmallModels.rows(2, 2, 2), new Routing.Given(new int[] {1, 2, 0}));
        assertThat(predictions.probabilities().get(0, 1)).isCloseTo(logistic(2), within(1e-12));
        assertThat(predictions.probabilities().get(1, 1)).isCloseTo(logistic(-2), within(1e-12));
        assertThat(predictions.probabilities().get(2, 1))
                .isCloseTo(0.7 * logistic(2) + 0.3 * logistic(-2), within(1e-12));
    }

    @Test
    void aBlockThatTheModelDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> classes(SmallModels.rows(1), Routing.Given.everywhere(3, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("block 3")
                .hasMessageContaining("1 to 2");
    }

    @Test
    void rowsWithOtherFeaturesAreRefused() {
        assertThatThrownBy(() -> classes(new Matrix(1, 5), new Routing.Soft()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("5 features");
    }

    @Test
    void abstainsBelowTheThresholdOnly() {
        ClassPredictions predictions = classes(SmallModels.rows(0, 3), Routing.Given.everywhere(1, 2));
        assertThat(predictions.abstained(0.9)).containsExactly(true, false);
        assertThat(predictions.abstained(0.5)).containsExactly(false, false);
        assertThatThrownBy(() -> predictions.abstained(Double.NaN)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void numbersComeWithTheMeanAndSpreadOfTheMixtureInTheUsersUnits() {
        try (Workers workers = Workers.of(1)) {
            RealPredictions predictions =
                    (RealPredictions) new Predictor(SmallModels.numbers(SHARES)).predict(SmallModels.rows(1), workers);
            // blocks say 12 and 8, with standard deviations 1 and 2
            assertThat(predictions.means()[0]).isCloseTo(0.7 * 12 + 0.3 * 8, within(1e-12));
            double variance = 0.7 * (1 + 12 * 12) + 0.3 * (4 + 8 * 8) - 10.8 * 10.8;
            assertThat(predictions.deviations()[0]).isCloseTo(Math.sqrt(variance), within(1e-12));
            double density = 0.7 * normal(11, 12, 1) + 0.3 * normal(11, 8, 2);
            // 11 in the user's units, here standardised otherwise than in the model
            double[] logLikelihoods = predictions.logLikelihoods(new RealTargets(new double[] {2}, 5, 3));
            assertThat(Math.exp(logLikelihoods[0])).isCloseTo(density, within(1e-12));
        }
    }

    private static double normal(double y, double mean, double deviation) {
        double z = (y - mean) / deviation;
        return Math.exp(-z * z / 2) / (deviation * Math.sqrt(2 * Math.PI));
    }

    @Test
    void sameBytesForAnyNumberOfThreads() {
        double[] x = new double[5000];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(i);
        }
        Predictor predictor = new Predictor(SmallModels.classes(SHARES, 1.5));
        try (Workers one = Workers.of(1);
                Workers two = Workers.of(2)) {
            ClassPredictions first = (ClassPredictions) predictor.predict(SmallModels.rows(x), one);
            ClassPredictions second = (ClassPredictions) predictor.predict(SmallModels.rows(x), two);
            assertThat(second.logProbabilities().values())
                    .isEqualTo(first.logProbabilities().values());
        }
    }
}
