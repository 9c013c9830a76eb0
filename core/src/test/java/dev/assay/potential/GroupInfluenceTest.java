package dev.assay.potential;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.influence.DirectInfluence;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.GeneratedData;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupInfluenceTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private GroupInfluence of(Objective objective, double[] theta, int[] groups, int count) {
        return GroupInfluence.of(LinearGradientSpace.of(objective.at(theta, workers), workers), groups, count, workers);
    }

    private double[] minimiser(Objective objective) {
        return new NewtonTrainer(1e-12, 100).fit(objective, workers).model().theta();
    }

    /** Also where the compact form rotates, and for weights. */
    @ParameterizedTest
    @CsvSource({"40, 4, 3, false", "40, 4, 3, true", "40, 3, 2, true", "30, 4, 1, false", "14, 20, 3, true"})
    void isTheMeanOverTheEntriesOfTheInfluenceMatrix(int n, int d, int classes, boolean weighted) {
        Objective objective = Objective.of(GeneratedData.of(n, d, classes, weighted, 3), 0.04);
        double[] theta = minimiser(objective);
        double[][] x = DirectInfluence.matrix(objective, theta);
        double[] w = objective.data().weights();
        int[] groups = IntStream.range(0, n).map(i -> i % 5 == 0 ? 2 : i % 2).toArray();
        GroupInfluence actual = of(objective, theta, groups, 4);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double sum = 0;
                double pairs = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        if (groups[i] == a && groups[j] == b) {
                            // a weight above 1 stands for copies, which are pairs with one another
                            double pair = i == j ? w[i] * w[i] - w[i] * Math.min(1, w[i]) : w[i] * w[j];
                            sum += pair * x[i][j];
                            pairs += pair;
                        }
                    }
                }
                assertThat(actual.means().get(a, b)).isCloseTo(sum / pairs, within(1e-8));
            }
            // nobody is in the last group
            assertThat(actual.means().get(a, 3)).isNaN();
        }
    }

    @Test
    void isTheRateAtWhichTheLossOfOneGroupChangesWithTheWeightOfAnother() {
        int n = 60;
        Objective objective = Objective.of(GeneratedData.of(n, 4, 3, false, 7), 0.05);
        double[] theta = minimiser(objective);
        int[] groups = IntStream.range(0, n).map(i -> i < 25 ? 0 : 1).toArray();
        double epsilon = 1e-5;
        double[][] after = new double[2][];
        for (int side = 0; side < 2; side++) {
            double step = side == 0 ? -epsilon : epsilon;
            // L + step * (mean loss of group 0), as a weighted mean again
            double[] weights = objective.data().weights().clone();
            for (int i = 0; i < 25; i++) {
                weights[i] += step * n / 25;
            }
            Objective other = new Objective(objective.data().withWeights(weights), objective.loss(), 0.05 / (1 + step));
            after[side] = other.at(minimiser(other), workers).losses();
        }
        double rate = 0;
        for (int j = 25; j < n; j++) {
            rate += (after[1][j] - after[0][j]) / (2 * epsilon) / 35;
        }
        assertThat(of(objective, theta, groups, 2).means().get(0, 1)).isCloseTo(rate, within(1e-4 * Math.abs(rate)));
    }

    @Test
    void permutingTheRowsOrTheNamesOfTheGroupsChangesNothing() {
        int n = 50;
        Dataset data = GeneratedData.of(n, 4, 3, true, 9);
        int[] groups = IntStream.range(0, n).map(i -> i % 3).toArray();
        Objective objective = Objective.of(data, 0.05);
        double[] theta = minimiser(objective);
        GroupInfluence plain = of(objective, theta, groups, 3);
        int[] order = IntStream.range(0, n).map(i -> (i * 7 + 3) % n).toArray();
        GroupInfluence moved = of(
                Objective.of(data.select(order), 0.05),
                theta,
                IntStream.of(order).map(i -> 2 - groups[i]).toArray(),
                3);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                assertThat(moved.means().get(2 - a, 2 - b))
                        .isCloseTo(plain.means().get(a, b), within(1e-9));
                assertThat(plain.means().get(a, b)).isEqualTo(plain.means().get(b, a));
            }
        }
    }

    @Test
    void twoFunctionsHarmEachOtherFarBeyondChanceAndRandomGroupsDoNot() {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {300, 300}, 2);
        Objective objective = Objective.of(sample.toDataset(), 0.01);
        double[] theta = minimiser(objective);
        GroupInfluence functions = of(objective, theta, sample.blocks(), 2);
        assertThat(functions.means().get(0, 1))
                .isGreaterThan(5 * functions.chance().get(0, 1));
        assertThat(functions.means().get(0, 0))
                .isLessThan(-5 * functions.chance().get(0, 0));

        Random random = new Random(4);
        double squares = 0;
        int draws = 40;
        for (int draw = 0; draw < draws; draw++) {
            int[] groups = random.ints(600, 0, 4).toArray();
            GroupInfluence drawn = of(objective, theta, groups, 4);
            double z = (drawn.means().get(0, 1) - drawn.mean()) / drawn.chance().get(0, 1);
            squares += z * z / draws;
        }
        // the mean of 40 squares of a standard normal variable strays by 0.22
        assertThat(squares).isBetween(0.3, 2.0);
    }

    @Test
    void theNumberOfThreadsDoesNotMatter() {
        Objective objective = Objective.of(GeneratedData.of(1500, 5, 3, true, 9), 0.05);
        double[] theta = minimiser(objective);
        int[] groups = IntStream.range(0, 1500).map(i -> i % 3).toArray();
        try (Workers one = Workers.of(1)) {
            GroupInfluence alone =
                    GroupInfluence.of(LinearGradientSpace.of(objective.at(theta, one), one), groups, 3, one);
            assertClose(
                    of(objective, theta, groups, 3).means().values(),
                    alone.means().values(),
                    0);
        }
    }
}
