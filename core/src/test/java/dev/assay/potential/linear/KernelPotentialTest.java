package dev.assay.potential.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.influence.CompactForm;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelPotentialTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Linearization compact(int n, int d, int classes, boolean weighted, double ridge) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, weighted, 41), ridge);
        return CompactForm.of(
                objective.at(new NewtonTrainer().fit(objective, workers).model().theta(), workers), workers);
    }

    /** One class stands for regression. */
    @ParameterizedTest
    @CsvSource({
        "40, 30, 2, false, 0.05",
        "40, 30, 2, true, 0.05",
        "40, 30, 1, true, 0.05",
        "30, 60, 2, true, 0.001",
        "40, 30, 2, false, 0.0001"
    })
    void bothSidesSeeTheSameV(int n, int d, int classes, boolean weighted, double ridge) {
        Linearization at = compact(n, d, classes, weighted, ridge);
        assertThat(KernelPotential.suits(at)).isTrue();
        double expected =
                Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
        assertThat(KernelPotential.of(at, workers).variance(at, workers)).isCloseTo(expected, within(1e-7 * expected));
    }

    @Test
    void anExampleFarOnTheWrongSideDoesNoHarm() {
        Linearization fit = compact(40, 30, 2, false, 0.05);
        double[] theta = fit.theta();
        for (int k = 0; k < theta.length; k++) {
            // logits of hundreds: curvatures vanish while the residuals of wrong labels are 1
            theta[k] = 60 * (k % 3 - 1);
        }
        Linearization far = fit.objective().at(theta, workers);
        double expected =
                Potential.of(LinearGradientSpace.of(far, workers), workers).variance();
        assertThat(KernelPotential.of(far, workers).variance(far, workers))
                .isCloseTo(expected, within(1e-7 * expected));
    }

    @Test
    void severalLogitsOrFewFeaturesAreForTheOtherSide() {
        assertThat(KernelPotential.suits(compact(40, 30, 3, false, 0.05))).isFalse();
        assertThat(KernelPotential.suits(compact(40, 20, 2, false, 0.05))).isFalse();
    }
}
