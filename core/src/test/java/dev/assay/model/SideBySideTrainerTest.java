package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RandomMatrices;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideBySideTrainerTest {
    private static final SideBySideTrainer EXACT = new SideBySideTrainer(1e-9, 100);

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Few classes are preconditioned by the whole Hessian, ten classes and one model by a product. */
    @ParameterizedTest
    @CsvSource({"1,6,3", "2,8,3", "4,8,1", "4,8,5", "10,20,1", "10,12,4"})
    void eachModelIsThatOfItsOwnWeights(int classes, int features, int count) {
        Dataset data = GeneratedData.of(300, features, classes, true, 5);
        Loss loss = Loss.forTargets(data.targets());
        Matrix transform = transform(loss);
        List<SideBySideTrainer.Model> models = models(data, count, 0.01);

        List<double[]> fits = EXACT.fit(data.features(), data.targets(), loss, transform, models, workers);

        for (int t = 0; t < count; t++) {
            Dataset own = data.withWeights(models.get(t).weights());
            Objective objective = new Objective(
                    own, new TransformedLoss(loss, transform), models.get(t).ridge());
            double[] alone = new NewtonTrainer().fit(objective, workers).model().theta();
            double[] gradient = objective.at(fits.get(t), workers).gradient(workers);
            assertThat(Math.sqrt(Dense.dot(gradient, gradient))).isLessThan(1.01e-9);
            for (int j = 0; j < alone.length; j++) {
                assertThat(fits.get(t)[j]).isCloseTo(alone[j], within(1e-6));
            }
        }
    }

    @Test
    void aStartThatIsTheMinimumStays() {
        Dataset data = GeneratedData.of(200, 7, 3, false, 6);
        Loss loss = Loss.forTargets(data.targets());
        Matrix transform = transform(loss);
        List<SideBySideTrainer.Model> models = models(data, 2, 0.1);
        List<double[]> minima = EXACT.fit(data.features(), data.targets(), loss, transform, models, workers);
        List<SideBySideTrainer.Model> again = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            again.add(new SideBySideTrainer.Model(
                    models.get(t).weights(), models.get(t).ridge(), minima.get(t)));
        }

        List<double[]> fits =
                new SideBySideTrainer(1e-6, 5).fit(data.features(), data.targets(), loss, transform, again, workers);

        assertThat(fits.get(0)).isEqualTo(minima.get(0));
        assertThat(fits.get(1)).isEqualTo(minima.get(1));
    }

    @Test
    void aStrongRidgePullsToTheCentreAndAWeakOneLeavesIt() {
        Dataset data = GeneratedData.of(200, 5, 3, true, 11);
        Loss loss = Loss.forTargets(data.targets());
        Matrix transform = transform(loss);
        double[] centre = RandomMatrices.normal(transform.columns() * 5, 1, 12).values();
        List<double[]> fits = EXACT.fit(
                data.features(),
                data.targets(),
                loss,
                transform,
                List.of(
                        new SideBySideTrainer.Model(data.weights(), 1e6, null, centre),
                        new SideBySideTrainer.Model(data.weights(), 0.1, null, centre)),
                workers);
        for (int j = 0; j < centre.length; j++) {
            assertThat(fits.get(0)[j]).isCloseTo(centre[j], within(1e-5));
        }
        // the minimum of the loss plus the ridge around the centre
        double[] gradient = new Objective(data, new TransformedLoss(loss, transform), 0)
                .at(fits.get(1), workers)
                .gradient(workers);
        for (int j = 0; j < centre.length; j++) {
            assertThat(gradient[j]).isCloseTo(-0.1 * (fits.get(1)[j] - centre[j]), within(1e-8));
        }
    }

    @Test
    void oneStepLowersEveryObjective() {
        Dataset data = GeneratedData.of(250, 8, 4, true, 7);
        Loss loss = Loss.forTargets(data.targets());
        Matrix transform = transform(loss);
        List<SideBySideTrainer.Model> models = models(data, 3, 1e-4);

        List<double[]> fits =
                new SideBySideTrainer(1e-9, 1).fit(data.features(), data.targets(), loss, transform, models, workers);

        for (int t = 0; t < 3; t++) {
            Objective objective = new Objective(
                    data.withWeights(models.get(t).weights()), new TransformedLoss(loss, transform), 1e-4);
            double before =
                    objective.at(new double[fits.get(t).length], workers).value();
            assertThat(objective.at(fits.get(t), workers).value()).isLessThan(0.8 * before);
        }
    }

    @Test
    void threadsChangeNoBit() {
        Dataset data = GeneratedData.of(700, 9, 4, true, 8);
        Loss loss = Loss.forTargets(data.targets());
        List<SideBySideTrainer.Model> models = models(data, 4, 1e-3);
        SideBySideTrainer trainer = new SideBySideTrainer(1e-4, 3);
        List<double[]> two = trainer.fit(data.features(), data.targets(), loss, transform(loss), models, workers);

        try (Workers one = Workers.of(1)) {
            List<double[]> alone = trainer.fit(data.features(), data.targets(), loss, transform(loss), models, one);
            for (int t = 0; t < 4; t++) {
                assertThat(alone.get(t)).isEqualTo(two.get(t));
            }
        }
    }

    @Test
    void aModelWithoutRowsIsRefused() {
        Dataset data = GeneratedData.of(20, 3, 2, false, 9);
        Loss loss = Loss.forTargets(data.targets());
        List<SideBySideTrainer.Model> none = List.of(new SideBySideTrainer.Model(new double[20], 1, null));

        assertThatThrownBy(() -> EXACT.fit(data.features(), data.targets(), loss, Matrix.identity(1), none, workers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight");
    }

    /** Model t does not see every row of the count-th part. */
    private static List<SideBySideTrainer.Model> models(Dataset data, int count, double ridge) {
        List<SideBySideTrainer.Model> result = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            double[] weights = data.weights().clone();
            for (int i = t; count > 1 && i < weights.length; i += count) {
                weights[i] = 0;
            }
            result.add(new SideBySideTrainer.Model(weights, ridge, null));
        }
        return result;
    }

    /** Directions of which the first is weighed four times as much as the last. */
    private static Matrix transform(Loss loss) {
        if (!loss.isShiftInvariant()) {
            return Matrix.identity(1);
        }
        Matrix result = LogitDirections.alike(loss.logits());
        int m = result.columns();
        for (int c = 0; c < result.rows(); c++) {
            for (int k = 0; k < m; k++) {
                result.set(c, k, result.get(c, k) * (2 - 1.5 * k / m));
            }
        }
        return result;
    }
}
