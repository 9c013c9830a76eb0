package dev.assay.model;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every exact trainer keeps to. */
abstract class TrainerContract {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    abstract Trainer trainer();

    @ParameterizedTest
    @CsvSource({"1,1e-3", "2,1e-1", "2,1e-5", "4,1e-2", "4,1e-6", "3,10"})
    void reachesAStationaryPoint(int classes, double ridge) {
        Objective objective = Objective.of(GeneratedData.of(400, 8, classes, true, 3), ridge);
        Fit fit = trainer().fit(objective, workers);
        assertThat(fit.converged()).isTrue();
        double[] gradient = objective.at(fit.model().theta(), workers).gradient(workers);
        assertThat(Math.sqrt(Dense.dot(gradient, gradient))).isLessThan(1.0001e-8);
        assertThat(fit.value())
                .isEqualTo(objective.at(fit.model().theta(), workers).value());
    }

    @Test
    void regressionHasItsClosedForm() {
        Objective objective = Objective.of(GeneratedData.of(200, 6, 1, false, 4), 0.05);
        Matrix x = objective.data().features();
        double[] y = new double[200];
        for (int i = 0; i < 200; i++) {
            y[i] = objective.data().targets().value(i);
        }
        Matrix normal = Dense.gram(x, null, workers);
        normal.addToDiagonal(200 * 0.05);
        double[] expected = Cholesky.factor(normal, workers).solve(Dense.multiply(x.transpose(), y));
        assertClose(trainer().fit(objective, workers).model().theta(), expected, 1e-7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4})
    void aWarmStartEndsWhereAColdOneDoes(double ridge) {
        Objective objective = Objective.of(GeneratedData.of(300, 7, 4, false, 5), ridge);
        double[] cold = trainer().fit(objective, workers).model().theta();
        double[] start =
                trainer().fit(objective.withRidge(10 * ridge), workers).model().theta();
        double[] kept = start.clone();
        double[] warm = trainer().fit(objective, start, workers).model().theta();
        assertClose(warm, cold, 1e-3);
        assertThat(start).isEqualTo(kept);
    }

    @Test
    void separableClassesStillConvergeUnderARidge() {
        Matrix x = new Matrix(6, 2, new double[] {-3, 1, -2, 1, -1, 1, 1, 1, 2, 1, 3, 1});
        Dataset data = Dataset.of(x, new ClassTargets(new int[] {0, 0, 0, 1, 1, 1}, List.of("no", "yes")));
        Fit fit = trainer().fit(Objective.of(data, 1e-6), workers);
        assertThat(fit.converged()).isTrue();
        assertThat(fit.model().predictedClasses(x, workers)).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void oneLogitWithHalfTheRidgePredictsLikeTwoLogits() {
        Dataset data = GeneratedData.of(300, 6, 2, true, 6);
        Fit one = trainer().fit(new Objective(data, new LogisticLoss(), 0.01), workers);
        Fit two = trainer().fit(new Objective(data, new SoftmaxLoss(2), 0.02), workers);
        Matrix left = one.model().outputs(data.features(), workers);
        Matrix right = two.model().outputs(data.features(), workers);
        for (int i = 0; i < left.values().length; i++) {
            assertThat(left.values()[i]).isCloseTo(right.values()[i], within(1e-6));
        }
    }

    @Test
    void theSameBitsWhateverTheThreads() {
        Objective objective = Objective.of(GeneratedData.of(3000, 9, 3, true, 8), 1e-4);
        try (Workers one = Workers.of(1)) {
            assertThat(trainer().fit(objective, workers).model().theta())
                    .isEqualTo(trainer().fit(objective, one).model().theta());
        }
    }
}
