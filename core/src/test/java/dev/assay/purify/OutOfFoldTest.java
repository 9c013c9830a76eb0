package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.model.Fit;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutOfFoldTest {
    private static final double RIDGE = 1e-3;

    /** Probabilities by the definition: train on the other parts, ask about this one. */
    private static double[] byDefinition(Dataset data, int folds, long seed, Workers workers) {
        int[] parts = ContentOrder.of(data, workers).assign(folds, seed);
        double[] result = new double[data.size()];
        for (int fold = 0; fold < folds; fold++) {
            int part = fold;
            int[] others = IntStream.range(0, parts.length)
                    .filter(i -> parts[i] != part)
                    .toArray();
            Fit fit = new NewtonTrainer().fit(Objective.of(data.select(others), RIDGE), workers);
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] == fold) {
                    result[i] = fit.model()
                            .outputs(data.features().selectRows(i, i + 1), workers)
                            .get(0, (int) data.targets().value(i));
                }
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({"150, 2, 1e-5", "150, 3, 1e-5", "3000, 2, 0.02", "3000, 3, 0.02"})
    void trainsOrStepsToTheModelWithoutThePart(int n, int classes, double tolerance) {
        Dataset data = PlantedLabels.classes(n, 4, classes, 0.2, 1).data();
        try (Workers workers = Workers.of(2)) {
            Fit fit = new NewtonTrainer().fit(Objective.of(data, RIDGE), workers);
            double[] fast = OutOfFold.probabilities(fit, 5, 2, workers);
            double[] slow = byDefinition(data, 5, 2, workers);
            for (int i = 0; i < n; i++) {
                assertThat(fast[i]).as("example " + i).isCloseTo(slow[i], within(tolerance));
            }
        }
    }

    @Test
    void regressionGivesADensity() {
        Dataset data = PlantedLabels.values(500, 4, 0, 3).data();
        try (Workers workers = Workers.of(2)) {
            Fit fit = new NewtonTrainer().fit(Objective.of(data, RIDGE), workers);
            double[] densities = OutOfFold.probabilities(fit, 5, 4, workers);
            assertThat(Arrays.stream(densities).allMatch(density -> density >= 0))
                    .isTrue();
            // the mean log-density is minus the entropy of the residuals, far above that of the targets
            double mean = Arrays.stream(densities).map(Math::log).average().orElse(Double.NaN);
            assertThat(mean).isGreaterThan(-0.5 * Math.log(2 * Math.PI * Math.E) + 1);
        }
    }
}
