package dev.assay.influence;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.LogisticLoss;
import dev.assay.model.LogitDirections;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftmaxLoss;
import dev.assay.model.TransformedLoss;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearGradientSpaceTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** One class stands for regression; with more features than examples the compact form rotates. */
    @ParameterizedTest
    @CsvSource({"30, 4, 3", "30, 4, 2", "30, 4, 1", "12, 20, 3", "12, 20, 2", "12, 20, 1"})
    void influencesAreThoseOfTheDefinition(int n, int d, int classes) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, true, 5), 0.03);
        double[] theta = new NewtonTrainer().fit(objective, workers).model().theta();
        // away from the minimum too: nothing may rest on the fit being perfect
        theta[0] += 0.3;
        double[][] expected = DirectInfluence.matrix(objective, theta);
        LinearGradientSpace space = LinearGradientSpace.of(objective.at(theta, workers), workers);
        assertThat(space.dimension()).isEqualTo((classes < 3 ? 1 : classes - 1) * Math.min(n, d));
        Matrix influences = space.influences(all(n), all(n), workers);
        for (int i = 0; i < n; i++) {
            assertClose(influences.row(i), expected[i], 1e-8);
            assertThat(space.selfInfluences(workers)[i]).isCloseTo(-expected[i][i], within(1e-8));
        }
        assertClose(
                space.influences(new int[] {9, 3}, new int[] {1, 8, 4}, workers).values(),
                new double[] {
                    expected[9][1], expected[9][8], expected[9][4], expected[3][1], expected[3][8], expected[3][4]
                },
                1e-8);
    }

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    @Test
    void influenceIsTheRateAtWhichTheLossChangesWithTheWeight() {
        Dataset data = GeneratedData.of(60, 4, 3, false, 6);
        Objective objective = Objective.of(data, 0.05);
        double[] theta =
                new NewtonTrainer(1e-12, 100).fit(objective, workers).model().theta();
        LinearGradientSpace space = LinearGradientSpace.of(objective.at(theta, workers), workers);
        // an extra loss epsilon l_i added to the mean loss, W kept: the objective of the definition
        double epsilon = 1e-4;
        int i = 7;
        double[] before = objective.at(theta, workers).losses();
        double[] after = lossesWithExtra(objective, theta, i, epsilon);
        double[] row = space.influences(new int[] {i}, all(60), workers).values();
        for (int j = 0; j < 60; j++) {
            assertThat((after[j] - before[j]) / epsilon).isCloseTo(row[j], within(0.01 * Math.abs(row[j]) + 0.01));
        }
    }

    /** Losses at the minimiser of L + epsilon l_i: the weights and the ridge scaled so that this is a mean again. */
    private double[] lossesWithExtra(Objective objective, double[] theta, int i, double epsilon) {
        Dataset data = objective.data();
        int n = data.size();
        double[] weights = data.weights().clone();
        weights[i] += epsilon * n;
        double scale = (n + epsilon * n) / n;
        Objective other = new Objective(data.withWeights(weights), objective.loss(), objective.ridge() / scale);
        return other.at(
                        new NewtonTrainer(1e-12, 100)
                                .fit(other, theta, workers)
                                .model()
                                .theta(),
                        workers)
                .losses();
    }

    @Test
    void twoLogitsWithARidgeAreOneLogitWithHalfOfIt() {
        Dataset data = GeneratedData.of(40, 5, 2, false, 8);
        Objective two = new Objective(data, new SoftmaxLoss(2), 0.04);
        Objective one = new Objective(data, new LogisticLoss(), 0.02);
        LinearGradientSpace twoLogits = LinearGradientSpace.of(
                two.at(new NewtonTrainer().fit(two, workers).model().theta(), workers), workers);
        LinearGradientSpace oneLogit = LinearGradientSpace.of(
                one.at(new NewtonTrainer().fit(one, workers).model().theta(), workers), workers);
        assertClose(
                twoLogits.influences(all(40), all(40), workers).values(),
                oneLogit.influences(all(40), all(40), workers).values(),
                1e-7);
    }

    @Test
    void aReducedLossHasTheDerivativesOfTheFullOne() {
        TransformedLoss loss = new TransformedLoss(new SoftmaxLoss(4), LogitDirections.alike(4));
        SplittableRandom random = new SplittableRandom(9);
        double step = 1e-5;
        for (int trial = 0; trial < 20; trial++) {
            double[] u = {random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian()};
            double[] q = {1, 0.5, -0.3, 0.5, 2, 0.1, -0.3, 0.1, -1};
            double[] second = new double[9];
            loss.curvatureSecondDerivative(u, 0, 2, q, 0, second, 0);
            for (int a = 0; a < 3; a++) {
                double[] up = u.clone();
                double[] down = u.clone();
                up[a] += step;
                down[a] -= step;
                double[] unit = new double[3];
                for (int b = 0; b < 3; b++) {
                    unit[b] = 1;
                    double difference = 0;
                    double[] derivativeUp = new double[9];
                    double[] derivativeDown = new double[9];
                    loss.curvatureDerivative(up, 0, 2, unit, 0, derivativeUp, 0);
                    loss.curvatureDerivative(down, 0, 2, unit, 0, derivativeDown, 0);
                    for (int k = 0; k < 9; k++) {
                        difference += q[k] * (derivativeUp[k] - derivativeDown[k]) / (2 * step);
                    }
                    assertThat(second[a * 3 + b]).isCloseTo(difference, within(1e-7));
                    unit[b] = 0;
                }
            }
        }
    }

    @Test
    void featuresOfFewerDirectionsThanRowsAreNotRotated() {
        Dataset data = Dataset.of(
                new Matrix(3, 2, new double[] {1, 1, 2, 1, 4, 1}),
                new ClassTargets(new int[] {0, 1, 0}, List.of("a", "b")));
        Objective objective = Objective.of(data, 0.1);
        assertThat(CompactForm.of(objective.at(new double[2], workers), workers).objective())
                .isSameAs(objective);
    }
}
