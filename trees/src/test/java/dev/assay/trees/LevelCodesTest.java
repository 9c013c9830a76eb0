package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.learn.Expert;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One split parts the levels of a category into two sets. */
class LevelCodesTest {
    private static final int LEVELS = 12;

    /** A number, a truth value, a category of so many levels, the bias. */
    private static Matrix table(int[] levels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(levels.length, 3 + LEVELS);
        for (int i = 0; i < levels.length; i++) {
            x.set(i, 0, random.nextDouble());
            x.set(i, 1, random.nextInt(2));
            if (levels[i] >= 0) {
                x.set(i, 2 + levels[i], 1);
            }
            x.set(i, 2 + LEVELS, 1);
        }
        return x;
    }

    @Test
    void codeOfALevelIsHowFarItsMeanIsFromThatOfAllDrawnToNothingWhereRowsAreFew() {
        int[] levels = IntStream.range(0, 120).map(i -> i % LEVELS).toArray();
        double[] targets =
                IntStream.of(levels).mapToDouble(level -> level == 4 ? 3 : 0).toArray();
        Dataset data = Dataset.of(table(levels, 1), new RealTargets(targets, 0, 1));

        LevelCodes codes = LevelCodes.of(data);

        assertThat(codes.count()).isOne();
        // ten rows of 3 where the mean is 0.25, and ten that stand for the mean
        assertThat(codes.values().get(0, 2 + 4)).isCloseTo(10 * 2.75 / 20, within(1e-12));
        assertThat(codes.values().get(0, 2 + 5)).isCloseTo(10 * -0.25 / 20, within(1e-12));
        assertThat(codes.values().get(0, 0)).isZero();
        assertThat(codes.values().get(0, 1)).isZero();
        float[] row = new float[codes.width()];
        codes.see(table(new int[] {-1}, 2).values(), 0, row);
        assertThat(row[codes.width() - 1]).as("a level never seen").isZero();
    }

    @Test
    void severalClassesHaveACodeEachAndNumbersAndTruthValuesNone() {
        int[] levels = IntStream.range(0, 60).map(i -> i % LEVELS).toArray();
        ClassTargets labels =
                new ClassTargets(IntStream.of(levels).map(level -> level % 3).toArray(), List.of("a", "b", "c"));
        Dataset data = Dataset.of(table(levels, 1), labels);

        assertThat(LevelCodes.of(data).count()).isEqualTo(3);
        assertThat(LevelCodes.of(Samples.chequered(50, 1)).count()).isZero();
        // with a row that has no level it is no category
        levels[7] = -1;
        assertThat(LevelCodes.of(Dataset.of(table(levels, 1), labels)).count()).isZero();
    }

    /** With a feature for each level alone a tree of two leaves tells one level from the others. */
    @Test
    void twoLeavesAreEnoughForTwoSetsOfLevels() {
        int[] levels = IntStream.range(0, 600).map(i -> i % LEVELS).toArray();
        ClassTargets labels =
                new ClassTargets(IntStream.of(levels).map(level -> level % 2).toArray(), List.of("even", "odd"));
        Dataset data = Dataset.of(table(levels, 3), labels);
        BoostingSettings stump = new BoostingSettings(1, 2, 1, 1, 1, 1, 0);

        Expert expert = new BoostedTreesLearner(stump).train(data, 1, Workers.shared());

        Matrix said = expert.answers(data.features(), Workers.shared());
        for (int i = 0; i < data.size(); i++) {
            assertThat(Math.exp(said.get(i, labels.codes()[i]))).isGreaterThan(0.8);
        }
    }
}
