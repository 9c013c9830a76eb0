package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each part of expectation maximisation promises. */
class MixtureFitterTest {
    private static final Workers WORKERS = Workers.shared();
    private static final double STRENGTH = 0.3;

    /**
     * What must not fall in a round in sample is sum_i w_i log p(y_i|x_i) - (strength / 2) sum_k |theta_k|^2: the shares and the deviations
     * are at their maximum given the responsibilities, and one step with backtracking raises each expert's part. Rows of next
     * to no responsibility take no part in an expert, which may cost a little.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theStrengthenedLikelihoodDoesNotFallInSample(boolean classes) {
        Rows rows = rows(300, classes, 5);
        MixtureFitter fitter = rows.fitter();
        MixtureState state = fitter.inSample(fitter.start(drawn(300, 2, 3), STRENGTH), 1, 1, WORKERS);
        double first = objective(state, rows.data());
        double before = first;
        for (int round = 0; round < 25; round++) {
            state = fitter.inSample(state, 1, 1, WORKERS);
            double now = objective(state, rows.data());
            assertThat(now).as("round " + round).isGreaterThan(before - 1e-2);
            before = now;
        }
        assertThat(before).isGreaterThan(first + 10);
    }

    private static double objective(MixtureState state, Dataset data) {
        double squares = state.members().stream()
                .flatMapToDouble(member -> Arrays.stream(model(member).theta()))
                .map(theta -> theta * theta)
                .sum();
        return data.totalWeight() * state.evidence(data.weights()) - state.strength() / 2 * squares;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsTwoRulesAndTheirShares(boolean classes) {
        Rows rows = rows(600, classes, 6);
        MixtureFitter fitter = rows.fitter();

        MixtureState state = fitter.inSample(fitter.start(nearly(rows.rule(), 0.7), STRENGTH), 60, 1, WORKERS);

        assertThat(state.mixture().shares()[0]).isZero();
        // rule 0 made three rows of five
        assertThat(state.mixture().shares()[1]).isCloseTo(0.6, within(0.06));
        double[] first = model(state.members().get(0)).theta();
        double[] second = model(state.members().get(1)).theta();
        assertThat(first[0] / Math.abs(first[1])).isGreaterThan(4);
        assertThat(second[1] / Math.abs(second[0])).isGreaterThan(4);
        if (!classes) {
            assertThat(first).containsExactly(new double[] {1.5, 0, 0.5}, within(0.05));
            assertThat(second).containsExactly(new double[] {0, 1.5, -0.5}, within(0.05));
            assertThat(state.members().get(0).deviation()).isCloseTo(0.1, within(0.02));
        }
    }

    @Test
    void crossFittedRoundsSetLabelsApartThatNothingExplains() {
        Rows rows = rows(500, false, 7);
        SplittableRandom random = new SplittableRandom(2);
        double[] values = IntStream.range(0, 500)
                .mapToDouble(i ->
                        i < 50 ? random.nextGaussian() : rows.data().targets().value(i))
                .toArray();
        Dataset wild = rows.data().withTargets(new RealTargets(values, 0, 1));
        MixtureFitter fitter = fitter(wild);
        MixtureState start = fitter.inSample(fitter.start(nearly(rows.rule(), 0.9), STRENGTH), 5, 1, WORKERS);

        MixtureState with = fitter.crossFitted(start.withUnexplained(0.1), 4, 2, true, 1, WORKERS);
        MixtureState without = fitter.crossFitted(with.withoutUnexplained(), 2, 1, false, 1, WORKERS);

        assertThat(with.unexplained()).isTrue();
        assertThat(with.mixture().shares()[0]).isCloseTo(0.1, within(0.04));
        assertThat(with.evidence(wild.weights())).isGreaterThan(without.evidence(wild.weights()) + 0.1);
        assertThat(without.mixture().shares()[0]).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherOrderOfTheRowsReordersResponsibilities(boolean crossFitted) {
        Rows rows = rows(200, true, 8);
        int[] order = shuffled(200);
        Matrix start = nearly(rows.rule(), 0.7);

        Matrix one = fitted(rows.data(), start, crossFitted);
        Matrix other = fitted(rows.data().select(order), start.selectRows(order), crossFitted);

        // sums in another order: the last digits differ
        assertThat(other.values()).containsExactly(one.selectRows(order).values(), within(1e-6));
        assertThat(one.values()).isNotEqualTo(other.values());
    }

    private static Matrix fitted(Dataset data, Matrix start, boolean crossFitted) {
        MixtureFitter fitter = fitter(data);
        MixtureState state = fitter.inSample(fitter.start(start, STRENGTH), 6, 1, WORKERS);
        return (crossFitted ? fitter.crossFitted(state.withUnexplained(0.1), 2, 1, true, 4, WORKERS) : state)
                .responsibilities();
    }

    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        Rows rows = rows(150, true, 9);
        Matrix start = nearly(rows.rule(), 0.7);
        double[] weights = new double[150];
        Arrays.setAll(weights, i -> i < 60 ? 2 : 1);
        int[] twice = IntStream.concat(IntStream.range(0, 150), IntStream.range(0, 60))
                .toArray();

        Matrix weighted = fitted(rows.data().withWeights(weights), start, false);
        Matrix repeated = fitted(rows.data().select(twice), start.selectRows(twice), false);
        Matrix once = fitted(rows.data(), start, false);

        int[] all = IntStream.range(0, 150).toArray();
        assertThat(repeated.selectRows(all).values()).containsExactly(weighted.values(), within(1e-4));
        assertThat(distance(once, weighted)).isGreaterThan(1e-2);
    }

    @Test
    void aBlockThatNoRowBelongsToLeavesTheOthersAsTheyAre() {
        Rows rows = rows(200, true, 10);
        Matrix two = nearly(rows.rule(), 0.7);
        Matrix three = new Matrix(200, 4);
        for (int i = 0; i < 200; i++) {
            three.set(i, 1, two.get(i, 1));
            three.set(i, 2, two.get(i, 2));
        }

        Matrix withNone = fitted(rows.data(), three, false);

        Matrix without = fitted(rows.data(), two, false);
        for (int i = 0; i < 200; i++) {
            assertThat(withNone.get(i, 3)).isLessThan(1e-6);
            assertThat(withNone.get(i, 1)).isCloseTo(without.get(i, 1), within(1e-3));
        }
    }

    @Test
    void halvesOfABlockStayHalves() {
        Rows rows = rows(200, true, 11);
        Matrix start = new Matrix(200, 3);
        for (int i = 0; i < 200; i++) {
            start.set(i, 1, 0.5);
            start.set(i, 2, 0.5);
        }

        Matrix fitted = fitted(rows.data(), start, false);

        assertThat(fitted.get(17, 1)).isCloseTo(0.5, within(1e-9));
        assertThat(distance(fitted, start)).isLessThan(1e-9);
    }

    private static double distance(Matrix a, Matrix b) {
        return IntStream.range(0, a.values().length)
                .mapToDouble(i -> Math.abs(a.values()[i] - b.values()[i]))
                .max()
                .orElse(0);
    }

    private static LinearModel model(MixtureState.Member member) {
        return Objects.requireNonNull(member.model());
    }

    private static int[] shuffled(int n) {
        SplittableRandom random = new SplittableRandom(1);
        return IntStream.range(0, n)
                .boxed()
                .map(i -> new double[] {random.nextDouble(), i})
                .sorted((a, b) -> Double.compare(a[0], b[0]))
                .mapToInt(pair -> (int) pair[1])
                .toArray();
    }

    private static Matrix drawn(int n, int blocks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = new Matrix(n, blocks + 1);
        for (int i = 0; i < n; i++) {
            double first = random.nextDouble();
            result.set(i, 1, first);
            result.set(i, 2, 1 - first);
        }
        return result;
    }

    /** Responsibilities that lean towards the truth. */
    private static Matrix nearly(int[] rule, double sure) {
        Matrix result = new Matrix(rule.length, 3);
        for (int i = 0; i < rule.length; i++) {
            result.set(i, 1, rule[i] == 0 ? sure : 1 - sure);
            result.set(i, 2, rule[i] == 0 ? 1 - sure : sure);
        }
        return result;
    }

    private static MixtureFitter fitter(Dataset data) {
        return MixtureFitter.of(data, ContentOrder.of(data, WORKERS), Progress.NONE);
    }

    private record Rows(Dataset data, int[] rule) {
        MixtureFitter fitter() {
            return MixtureFitterTest.fitter(data);
        }
    }

    /** Three rows of five follow 1.5 x_0 + 0.5, two follow 1.5 x_1 - 0.5: with noise of deviation 0.1, or as labels that are certain. */
    private static Rows rows(int n, boolean classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, 3);
        int[] rule = new int[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
            rule[i] = random.nextDouble() < 0.6 ? 0 : 1;
            values[i] = rule[i] == 0 ? 1.5 * x.get(i, 0) + 0.5 : 1.5 * x.get(i, 1) - 0.5;
            values[i] += classes ? 0 : 0.1 * random.nextGaussian();
        }
        int[] codes = IntStream.range(0, n).map(i -> values[i] > 0 ? 1 : 0).toArray();
        return new Rows(
                Dataset.of(x, classes ? new ClassTargets(codes, List.of("no", "yes")) : new RealTargets(values, 0, 1)),
                rule);
    }
}
