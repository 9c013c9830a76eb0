package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.CrossFittedExpert;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerChoice;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees are learned as blocks and labels need them. */
class BoostedTreesLearnerTest {
    private static final Workers WORKERS = Workers.shared();
    private static final BoostedTreesLearner LEARNER = new BoostedTreesLearner();
    private static final LearnerSet ALL = LearnerSet.STANDARD.with(LEARNER);

    private static double accuracy(Expert expert, Dataset data) {
        Matrix answers = expert.answers(data.features(), WORKERS);
        int right = 0;
        for (int i = 0; i < data.size(); i++) {
            int best = 0;
            for (int c = 1; c < answers.columns(); c++) {
                best = answers.get(i, c) > answers.get(i, best) ? c : best;
            }
            right += best == (int) data.targets().value(i) ? 1 : 0;
        }
        return (double) right / data.size();
    }

    private static CrossFittedExpert chosen(Dataset data) {
        return LearnerChoice.train(data, List.of(data.weights()), ALL, 1, Progress.NONE, WORKERS)
                .get(0);
    }

    @Test
    void ruleInTilesIsLearned() {
        Expert expert = LEARNER.train(Samples.tiles(2000, 1), 1, WORKERS);

        assertThat(accuracy(expert, Samples.tiles(1000, 2))).isGreaterThan(0.95);
        Matrix answers = expert.answers(Samples.tiles(5, 3).features(), WORKERS);
        for (int i = 0; i < answers.rows(); i++) {
            assertThat(Arrays.stream(answers.row(i)).map(Math::exp).sum()).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void numbersInStepsArePredicted() {
        Expert expert = LEARNER.train(Samples.steps(2000, 1), 1, WORKERS);
        Dataset fresh = Samples.steps(1000, 9);

        Matrix said = expert.answers(fresh.features(), WORKERS);
        double squares = 0;
        double total = 0;
        for (int i = 0; i < fresh.size(); i++) {
            double target = fresh.targets().value(i);
            squares += (target - said.get(i, 0)) * (target - said.get(i, 0));
            total += target * target;
        }

        assertThat(squares / total).isLessThan(0.05);
        // it knows how far off it is on rows that it did not see
        assertThat(expert.deviation()).isCloseTo(Math.sqrt(squares / fresh.size()), withinPercentage(25));
    }

    @Test
    void ruleThatNoLineTellsIsForTreesAndALineIsForLinearExperts() {
        CrossFittedExpert bent = chosen(Samples.chequered(1500, 4));
        CrossFittedExpert straight = chosen(
                Samples.classes(Samples.square(1500, 4, 5), (a, b) -> a + 0.5 * b > 0.1 ? 1 : 0, "below", "above"));

        assertThat(bent.expert().name()).isEqualTo("boosted trees");
        assertThat(bent.rivals())
                .singleElement()
                .satisfies(rival -> assertThat(rival.gain().difference())
                        .isGreaterThan(2 * rival.gain().standardError()));
        assertThat(straight.expert().name()).isEqualTo("linear");
        assertThat(straight.rivals()).extracting(rival -> rival.name()).containsExactly("boosted trees");
    }

    @Test
    void whereALineAndStepsAddUpTheyAnswerTogether() {
        Dataset data = Samples.slopeAndSteps(1200, 3);
        Dataset fresh = Samples.slopeAndSteps(1000, 30);

        CrossFittedExpert together = chosen(data);

        assertThat(together.expert().parts())
                .extracting(part -> part.expert().name())
                .contains("boosted trees")
                .hasSize(2);
        assertThat(together.expert().name()).contains("boosted trees").contains(" + ");
        assertThat(together.rivals())
                .hasSize(2)
                .allSatisfy(rival -> assertThat(rival.gain().difference())
                        .isGreaterThan(2 * rival.gain().standardError()));
        // what it says of itself holds on fresh rows
        Matrix said = together.expert().answers(fresh.features(), WORKERS);
        double squares = 0;
        for (int i = 0; i < fresh.size(); i++) {
            squares += Math.pow(fresh.targets().value(i) - said.get(i, 0), 2);
        }
        assertThat(Math.sqrt(squares / fresh.size()))
                .isCloseTo(together.expert().deviation(), withinPercentage(10));
    }

    @Test
    void numberOfThreadsChangesNoBit() {
        Dataset data = Samples.tiles(600, 6);
        try (Workers one = Workers.of(1);
                Workers two = Workers.of(2)) {
            Folds parts = Folds.of(data, 4, 1, one);
            CrossFittedExpert first = LEARNER.crossFit(data, data.weights(), parts, 1, one);
            CrossFittedExpert second = LEARNER.crossFit(data, data.weights(), parts, 1, two);

            assertThat(second.answers().values()).isEqualTo(first.answers().values());
            assertThat(second.expert().answers(data.features(), two).values())
                    .isEqualTo(first.expert().answers(data.features(), one).values());
        }
    }

    @Test
    void weightTwoIsTheRowTwice() {
        Dataset data = Samples.tiles(300, 7);
        int[] twice = IntStream.range(0, 450).map(i -> i % 300).toArray();
        double[] weights = new double[300];
        Arrays.setAll(weights, i -> i < 150 ? 2 : 1);
        BoostedTreesLearner fixed = new BoostedTreesLearner(BoostingSettings.JUDGING);

        Matrix repeated = fixed.train(data.select(twice), 1, WORKERS).answers(data.features(), WORKERS);
        Matrix weighted = fixed.train(data.withWeights(weights), 1, WORKERS).answers(data.features(), WORKERS);
        Matrix plain = fixed.train(data, 1, WORKERS).answers(data.features(), WORKERS);

        assertThat(distance(weighted, repeated)).isLessThan(1e-3);
        assertThat(distance(plain, repeated)).isGreaterThan(0.1);
    }

    /** Weights that add up to 1, for instance, are as good as any. */
    @Test
    void unitOfWeightsBelowOneDoesNotMatter() {
        Dataset data = Samples.tiles(300, 7);
        double[] weights = new double[300];
        Arrays.setAll(weights, i -> i % 3 == 0 ? 0.25 : 1);
        double[] tiny = Arrays.stream(weights).map(weight -> weight / 4096).toArray();
        Folds parts = Folds.of(data, 4, 1, WORKERS);

        for (Learner learner : List.of(LEARNER, LEARNER.judging())) {
            CrossFittedExpert expected = learner.crossFit(data.withWeights(weights), weights, parts, 1, WORKERS);
            CrossFittedExpert found = learner.crossFit(data.withWeights(tiny), tiny, parts, 1, WORKERS);

            assertThat(found.answers().values()).isEqualTo(expected.answers().values());
            assertThat(learner.train(data.withWeights(tiny), 1, WORKERS)
                            .answers(data.features(), WORKERS)
                            .values())
                    .isEqualTo(learner.train(data.withWeights(weights), 1, WORKERS)
                            .answers(data.features(), WORKERS)
                            .values());
        }
        assertThat(accuracy(LEARNER.train(data.withWeights(tiny), 1, WORKERS), data))
                .isGreaterThan(0.9);
    }

    private static double distance(Matrix first, Matrix second) {
        return IntStream.range(0, first.values().length)
                .mapToDouble(k -> Math.abs(first.values()[k] - second.values()[k]))
                .max()
                .orElseThrow();
    }

    @Test
    void whatIsSaidOfARowHasNotSeenItsLabel() {
        Dataset data = Samples.chequered(200, 8);
        int[] codes = ((ClassTargets) data.targets()).codes().clone();
        codes[0] = 1 - codes[0];
        Dataset changed = data.withTargets(new ClassTargets(codes, List.of("differ", "alike")));
        BoostedTreesLearner fixed = new BoostedTreesLearner(BoostingSettings.JUDGING);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        int neighbour = parts.inside(parts.ofRow()[0])[1];

        Matrix before = fixed.crossFit(data, data.weights(), parts, 1, WORKERS).answers();
        Matrix after =
                fixed.crossFit(changed, data.weights(), parts, 1, WORKERS).answers();

        // but for the one factor that calibrates all of them
        double factor = odds(after, neighbour) / odds(before, neighbour);
        assertThat(odds(after, 0) / odds(before, 0)).isCloseTo(factor, within(1e-9));
    }

    private static double odds(Matrix answers, int row) {
        return answers.get(row, 1) - answers.get(row, 0);
    }

    @Test
    void whereThereIsNothingToSplitTheSharesOfTheClassesAreSaid() {
        Dataset few = Samples.chequered(8, 1);
        Dataset one = Samples.classes(Samples.square(100, 0, 1), (a, b) -> 1, "never", "always");
        Matrix constant = new Matrix(100, 2);
        Arrays.fill(constant.values(), 1);
        Dataset flat = Samples.chequered(100, 1).withFeatures(constant, List.of("same", "bias"));
        double[] none = new double[100];
        none[3] = 1;
        Dataset single = Samples.chequered(100, 1).withWeights(none);

        for (Dataset data : List.of(few, one, flat, single)) {
            CrossFittedExpert fitted =
                    LEARNER.crossFit(data, data.weights(), Folds.of(data, 4, 1, WORKERS), 1, WORKERS);
            Matrix said = fitted.expert().answers(data.features(), WORKERS);
            for (int i = 1; i < data.size(); i++) {
                assertThat(said.row(i)).isEqualTo(said.row(0));
            }
            assertThat(Arrays.stream(fitted.answers().values()).allMatch(Double::isFinite))
                    .isTrue();
        }
        assertThat(LEARNER.train(one, 1, WORKERS)
                        .answers(one.features(), WORKERS)
                        .get(0, 1))
                .isGreaterThan(Math.log(0.9));
    }

    @Test
    void blockWithoutRowsInAPartIsAnsweredForThere() {
        Dataset data = Samples.chequered(800, 2);
        Folds parts = Folds.of(data, 4, 1, WORKERS);
        double[] weights = new double[800];
        for (int i = 0; i < 800; i++) {
            weights[i] = parts.ofRow()[i] == 2 ? 0 : 1;
        }

        CrossFittedExpert fitted = LEARNER.crossFit(data, weights, parts, 1, WORKERS);

        double right = 0;
        for (int i : parts.inside(2)) {
            right += Math.exp(fitted.answers().get(i, (int) data.targets().value(i)));
        }
        assertThat(right / parts.inside(2).length).isGreaterThan(0.8);
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new BoostingSettings(0, 31, 1, 1, 1, 10, 0)).hasMessageContaining("learningRate");
        assertThatThrownBy(() -> new BoostingSettings(0.1, 1, 1, 1, 1, 10, 0)).hasMessageContaining("leaves");
        assertThatThrownBy(() -> new BoostingSettings(0.1, 31, Double.NaN, 1, 1, 10, 0))
                .hasMessageContaining("lambda");
    }
}
