package dev.assay.potential.linear;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.CompactForm;
import dev.assay.influence.DirectInfluence;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.LogisticLoss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.SoftmaxLoss;
import dev.assay.potential.Potential;
import dev.assay.potential.linear.DeltaVariance.Method;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaVarianceTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Linearization fitted(Objective objective) {
        return objective.at(
                new NewtonTrainer(1e-12, 100).fit(objective, workers).model().theta(), workers);
    }

    private double[] delta(Linearization at, Method method) {
        return DeltaVariance.deltaVariance(at, method, workers, Progress.NONE);
    }

    private static Objective without(Objective objective, int i) {
        int n = objective.data().size();
        return new Objective(
                objective
                        .data()
                        .select(IntStream.range(0, n).filter(j -> j != i).toArray()),
                objective.loss(),
                objective.ridge());
    }

    /** One class stands for regression; with more features than examples as well. */
    @ParameterizedTest
    @CsvSource({"25, 4, 3", "25, 4, 2", "25, 4, 1", "10, 14, 3", "10, 14, 2", "10, 14, 1"})
    void oneStepIsItsDefinition(int n, int d, int classes) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, false, 21), 0.05);
        Linearization at = fitted(objective);
        double[][] gradients = DirectInfluence.gradients(objective, at.theta());
        double[][] hessian = DirectInfluence.hessian(objective, at.theta(), n);
        double whole = DirectInfluence.variance(objective, at.theta());
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            double[] theta = at.theta();
            double[] step = DirectInfluence.solve(hessian, gradients[i]);
            for (int k = 0; k < theta.length; k++) {
                theta[k] += step[k] / n;
            }
            expected[i] = DirectInfluence.variance(without(objective, i), theta) - whole;
        }
        assertClose(delta(at, Method.ONE_STEP), expected, 1e-8 * (1 + whole));
    }

    /** The last two have examples of so much leverage that the steps with the old curvature do not do. */
    @ParameterizedTest
    @CsvSource({"25, 4, 3, 0.05", "25, 4, 1, 0.05", "10, 14, 2, 0.05", "12, 5, 3, 0.0005", "10, 14, 2, 0.0002"})
    void retrainIsARefit(int n, int d, int classes, double ridge) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, false, 22), ridge);
        Linearization at = fitted(objective);
        double whole = DirectInfluence.variance(objective, at.theta());
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            Objective rest = without(objective, i);
            expected[i] = DirectInfluence.variance(rest, fitted(rest).theta()) - whole;
        }
        assertClose(delta(at, Method.RETRAIN), expected, 1e-5 * whole);
    }

    /** The gradient of V, about the curvature normalised to n - 1, against finite differences of V itself. */
    @ParameterizedTest
    @CsvSource({"25, 4, 3", "25, 4, 2", "9, 12, 2"})
    void theAdjointIsTheGradientOfV(int n, int d, int classes) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, false, 23), 0.05);
        Linearization compact = CompactForm.of(fitted(objective), workers);
        double[] gradient = FastDeltaVariance.ofCompact(compact, workers, Progress.NONE)
                .removals(0)
                .gradient()
                .values();
        for (int k = 0; k < gradient.length; k++) {
            double step = 1e-5;
            double[] up = compact.theta();
            double[] down = compact.theta();
            up[k] += step;
            down[k] -= step;
            double difference =
                    (ofTheRest(compact.objective(), up) - ofTheRest(compact.objective(), down)) / (2 * step);
            assertThat(gradient[k]).isCloseTo(difference, within(1e-6 * (1 + Math.abs(difference))));
        }
    }

    /** V with H normalised to n - 1 examples and (n - 1) (n - 2) pairs, straight from the definitions. */
    private static double ofTheRest(Objective objective, double[] theta) {
        double[][] gradients = DirectInfluence.gradients(objective, theta);
        int n = gradients.length;
        double[][] hessian = DirectInfluence.hessian(objective, theta, n - 1);
        double first = 0;
        double second = 0;
        for (int i = 0; i < n; i++) {
            double[] solved = DirectInfluence.solve(hessian, gradients[i]);
            for (int j = 0; j < n; j++) {
                double x = 0;
                for (int k = 0; k < solved.length; k++) {
                    x += gradients[j][k] * solved[k];
                }
                first += i == j ? 0 : x;
                second += i == j ? 0 : x * x;
            }
        }
        double pairs = (n - 1.0) * (n - 2);
        return second / pairs - first / pairs * (first / pairs);
    }

    /** The relative error is of the order of the leverage, p / n: four times the examples, a quarter of it or less. */
    @ParameterizedTest
    @CsvSource({"3", "2", "1"})
    void fastTendsToRetrainAsTheLeverageFalls(int classes) {
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            Linearization at = fitted(Objective.of(GeneratedData.of(200 << (2 * k), 4, classes, false, 24), 0.02));
            double[] fast = delta(at, Method.FAST);
            double[] truth = delta(at, Method.RETRAIN);
            double scale = Arrays.stream(truth).map(Math::abs).sum();
            errors[k] = IntStream.range(0, truth.length)
                            .mapToDouble(i -> Math.abs(fast[i] - truth[i]))
                            .sum()
                    / scale;
        }
        assertThat(errors[0]).isLessThan(0.1);
        assertThat(errors[1]).isLessThan(0.4 * errors[0]);
    }

    @Test
    void fastRanksAMixtureAsRetrainDoes() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {350, 150}, 25);
        for (double ridge : new double[] {1e-2, 1e-3}) {
            Linearization at = fitted(Objective.of(sample.toDataset(), ridge));
            RankAgreement agreement = RankAgreement.of(delta(at, Method.FAST), delta(at, Method.RETRAIN));
            assertThat(agreement.spearman()).isGreaterThan(0.97);
            assertThat(agreement.sharedLowest(50)).isGreaterThanOrEqualTo(43);
        }
    }

    @Test
    void fastIsWithoutExpansionErrorWhereThereAreMoreFeaturesThanExamplesAndALargeRidge() {
        Linearization at = fitted(Objective.of(GeneratedData.of(60, 90, 2, false, 26), 3));
        RankAgreement agreement = RankAgreement.of(delta(at, Method.FAST), delta(at, Method.RETRAIN));
        assertThat(agreement.spearman()).isGreaterThan(0.97);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void permutingTheRowsPermutesTheScores(Method method) {
        Dataset data = GeneratedData.of(40, 4, 3, true, 27);
        int[] order = IntStream.range(0, 40).map(i -> 7 * i % 40).toArray();
        double[] expected = delta(fitted(Objective.of(data, 0.03)), method);
        double[] actual = delta(fitted(Objective.of(data.select(order), 0.03)), method);
        assertClose(actual, Arrays.stream(order).mapToDouble(i -> expected[i]).toArray(), 1e-7);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aRowWithoutWeightIsNotThere(Method method) {
        Dataset data = GeneratedData.of(40, 4, 2, false, 28);
        double[] weights = data.weights().clone();
        weights[5] = 0;
        double[] with = delta(fitted(Objective.of(data.withWeights(weights), 0.03)), method);
        Objective rest = without(Objective.of(data, 0.03), 5);
        double[] expected = delta(fitted(rest), method);
        assertThat(with[5]).isZero();
        // FAST expands about the mean weight, which the row without weight lowers
        double tolerance = method == Method.FAST ? 0.02 : 1e-6;
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int j = 0; j < 39; j++) {
            assertThat(with[j < 5 ? j : j + 1]).isCloseTo(expected[j], within(tolerance * scale));
        }
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void leavingOutARowOfWeightTwoLeavesOutBothCopies(Method method) {
        Dataset data = GeneratedData.of(300, 4, 3, false, 29);
        double[] weights = new double[300];
        Arrays.fill(weights, 1);
        Arrays.fill(weights, 0, 60, 2);
        Linearization at = fitted(Objective.of(data.withWeights(weights), 0.03));
        double[] actual = delta(at, method);
        double whole =
                Potential.of(LinearGradientSpace.of(at, workers), workers).variance();
        double[] expected = new double[300];
        for (int i = 0; i < 300; i++) {
            double[] others = weights.clone();
            others[i] = 0;
            Objective rest = Objective.of(data.withWeights(others), 0.03);
            expected[i] = Potential.of(LinearGradientSpace.of(fitted(rest), workers), workers)
                            .variance()
                    - whole;
        }
        assertThat(RankAgreement.of(actual, expected).spearman()).isGreaterThan(0.99);
        double scale = Arrays.stream(expected).map(Math::abs).sum();
        double error = IntStream.range(0, 300)
                .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
                .sum();
        assertThat(error / scale).isLessThan(method == Method.RETRAIN ? 1e-5 : 0.15);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void twoLogitsWithARidgeAreOneLogitWithHalfOfIt(Method method) {
        Dataset data = GeneratedData.of(50, 5, 2, false, 30);
        double[] two = delta(fitted(new Objective(data, new SoftmaxLoss(2), 0.04)), method);
        double[] one = delta(fitted(new Objective(data, new LogisticLoss(), 0.02)), method);
        assertClose(two, one, 1e-6);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void theSameBitsWithOneThread(Method method) {
        Linearization at = fitted(Objective.of(GeneratedData.of(300, 12, 3, true, 31), 0.03));
        double[] two = delta(at, method);
        try (Workers one = Workers.of(1)) {
            assertThat(DeltaVariance.deltaVariance(at, method, one, Progress.NONE))
                    .isEqualTo(two);
        }
    }

    /** Cancels after so many reports. */
    private static final class Impatient implements Progress {
        private int reports;

        Impatient(int reports) {
            this.reports = reports;
        }

        @Override
        public void phase(String name, long steps) {}

        @Override
        public void step(long done) {
            reports--;
        }

        @Override
        public boolean isCancelled() {
            return reports <= 0;
        }
    }

    @Test
    void goesOnAfterACancellationToTheSameBytes() {
        Linearization at = fitted(Objective.of(GeneratedData.of(150, 5, 3, false, 32), 0.03));
        double[] expected = delta(at, Method.RETRAIN);
        double[] partial = new double[150];
        Arrays.fill(partial, Double.NaN);
        assertThatThrownBy(() -> DeltaVariance.complete(at, Method.RETRAIN, partial, workers, new Impatient(3)))
                .isInstanceOf(CancelledException.class);
        long done = Arrays.stream(partial).filter(v -> !Double.isNaN(v)).count();
        assertThat(done).isBetween(1L, 149L);
        DeltaVariance.complete(at, Method.RETRAIN, partial, workers, Progress.NONE);
        assertThat(partial).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aCommonScaleOfWeightsBelowOneDoesNotMatter(Method method) {
        Dataset data = GeneratedData.of(40, 4, 3, false, 34);
        double[] half = new double[40];
        Arrays.fill(half, 0.5);
        half[3] = 0.25;
        double[] tiny = Arrays.stream(half).map(w -> w / 1000).toArray();
        Objective light = Objective.of(data.withWeights(half), 0.03);
        Objective lighter = Objective.of(data.withWeights(tiny), 0.03);
        assertClose(delta(fitted(lighter), method), delta(fitted(light), method), 1e-7);
    }

    @Test
    void aPairMustBeLeftWhicheverRowGoes() {
        Dataset data = GeneratedData.of(2, 2, 2, false, 33);
        Linearization two = Objective.of(data, 0.1).at(new double[2], workers);
        assertThatThrownBy(() -> delta(two, Method.FAST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no pair");
        Linearization copies =
                Objective.of(data.withWeights(new double[] {2, 3}), 0.1).at(new double[2], workers);
        assertThat(delta(copies, Method.FAST)).doesNotContain(Double.NaN);
    }
}
