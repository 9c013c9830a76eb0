package dev.assay.potential.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.influence.ConjugateGradients;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.potential.ProbedPotential;
import dev.assay.potential.RowVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearPotentialTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Linearization fitted(Dataset data, double ridge) {
        Objective objective = Objective.of(data, ridge);
        return objective.at(new NewtonTrainer().fit(objective, workers).model().theta(), workers);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "4, false", "4, true"})
    void conjugateGradientsSolveWhatTheFactorSolves(int classes, boolean weighted) {
        Linearization at = fitted(GeneratedData.of(80, 6, classes, weighted, 3), 0.01);
        Random random = new Random(5);
        Matrix rightHandSides = new Matrix(3, at.objective().parameters());
        Arrays.setAll(rightHandSides.values(), k -> random.nextGaussian());
        Matrix hessian = at.hessian(workers);
        Matrix back = Dense.multiplyTransposed(
                ConjugateGradients.of(at, 1e-10, 1000, workers).solve(rightHandSides, workers), hessian, workers);
        for (int k = 0; k < back.values().length; k++) {
            assertThat(back.values()[k]).isCloseTo(rightHandSides.values()[k], within(1e-8));
        }
        Matrix rough = Dense.multiplyTransposed(
                ConjugateGradients.of(at, 0.01, 1000, workers).solve(rightHandSides, workers), hessian, workers);
        for (int k = 0; k < 3; k++) {
            double[] left = rightHandSides.row(k);
            Dense.add(-1, rough.row(k), left);
            assertThat(Math.sqrt(Dense.dot(left, left)))
                    .isLessThanOrEqualTo(0.0101 * Math.sqrt(Dense.dot(rightHandSides.row(k), rightHandSides.row(k))));
        }
    }

    /** Against exact V, which has no part in the estimate: within four standard errors, and these are small. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "5, false", "5, true"})
    void theEstimateOfVStraysFromTheExactOneByItsStandardError(int classes, boolean weighted) {
        Linearization at = fitted(GeneratedData.of(240, 30, classes, weighted, 4), 0.01);
        double exact =
                Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
        ProbedPotential probed = ProbedPotential.of(ConjugateGradients.of(at, 1e-3, 500, workers), 9, workers);
        assertThat(probed.standardError()).isLessThan(0.06 * exact);
        assertThat(probed.variance()).isCloseTo(exact, within(4 * probed.standardError()));
    }

    /** Bias would show in the mean over many seeds, however small it is beside the error of a single one. */
    @Test
    void theEstimateIsUnbiasedAndItsStandardErrorIsWhatItSays() {
        Linearization at = fitted(GeneratedData.of(60, 8, 3, true, 6), 0.01);
        double exact =
                Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
        int draws = 60;
        double[] estimates = new double[draws];
        double stated = 0;
        for (int draw = 0; draw < draws; draw++) {
            ProbedPotential probed = ProbedPotential.of(ConjugateGradients.of(at, 1e-3, 500, workers), draw, workers);
            estimates[draw] = probed.variance();
            stated += probed.standardError() / draws;
        }
        double mean = Arrays.stream(estimates).average().orElseThrow();
        double spread = Math.sqrt(Arrays.stream(estimates)
                        .map(estimate -> (estimate - mean) * (estimate - mean))
                        .sum()
                / (draws - 1));
        assertThat(mean).isCloseTo(exact, within(4 * spread / Math.sqrt(draws)));
        assertThat(stated / spread).isBetween(0.6, 1.6);
    }

    @Test
    void theEstimatedSharesOfRowsFollowTheExactOnes() {
        Linearization at = fitted(GeneratedData.of(150, 10, 3, false, 7), 0.01);
        double[] exact = RowVariance.shares(LinearGradientSpace.of(at, workers), workers);
        ProbedPotential probed = ProbedPotential.of(ConjugateGradients.of(at, 1e-3, 500, workers), 2, workers);
        double sum = Arrays.stream(probed.squares()).sum();
        double[] estimated =
                Arrays.stream(probed.squares()).map(square -> square / sum).toArray();
        assertThat(RankAgreement.of(exact, estimated).spearman()).isGreaterThan(0.9);
    }

    @Test
    void manyParametersChangeHowVIsMeasuredAndNotWhatItIs() {
        Dataset data = GeneratedData.of(300, 12, 4, false, 8);
        LinearPotential exact = LinearPotential.of(data, workers);
        LinearPotential estimated = LinearPotential.of(data, 20, workers);
        assertThat(exact.isExact(data)).isTrue();
        assertThat(estimated.isExact(data)).isFalse();
        double expected = exact.variance(exact.data(), workers);
        assertThat(estimated.variance(estimated.data(), workers) / expected).isCloseTo(1, within(0.12));
        assertThat(estimated.variance(estimated.data(), workers))
                .isEqualTo(estimated.variance(estimated.data(), workers));
        int[] few = {0, 1, 2, 3, 4, 5};
        assertThat(estimated.isExact(estimated.data().select(few))).isTrue();
        assertThat(estimated.variance(estimated.data().select(few), workers)
                        / exact.variance(exact.data().select(few), workers))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void withoutAPairOfRowsNothingIsKnown() {
        Dataset one = GeneratedData.of(1, 3, 2, false, 2);
        LinearPotential potential = LinearPotential.of(one, workers);
        LabelModel rule = new LabelModel(new Matrix(1, 2), Double.NaN);
        PotentialScale scale = PotentialScale.of(potential, rule, 1, workers, Progress.NONE);
        assertThat(scale.potential()).isNaN();
        assertThat(scale.oneRuleMean()).isNaN();
        assertThat(scale.permutedMean()).isNaN();
    }
}
