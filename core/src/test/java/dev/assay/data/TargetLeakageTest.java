package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetLeakageTest {
    private final Workers workers = Workers.of(1);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Whether a feature made of the label by the given rule decides it. */
    private boolean classes(int rows, int count, ToDoubleBiFunction<Integer, Random> feature) {
        Random random = new Random(6);
        Matrix x = new Matrix(rows, 3);
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            codes[i] = random.nextInt(count);
            x.set(i, 0, feature.applyAsDouble(codes[i], random));
            x.set(i, 1, random.nextGaussian());
            x.set(i, 2, 1);
        }
        List<String> names = List.of("a", "b", "c").subList(0, count);
        return decides(Dataset.of(x, new ClassTargets(codes, names)));
    }

    private boolean numbers(ToDoubleBiFunction<Double, Random> feature) {
        Random random = new Random(6);
        Matrix x = new Matrix(500, 2);
        double[] targets = new double[500];
        for (int i = 0; i < 500; i++) {
            targets[i] = random.nextGaussian();
            x.set(i, 0, feature.applyAsDouble(targets[i], random));
            x.set(i, 1, 1);
        }
        return decides(Dataset.of(x, new RealTargets(targets, 0, 1)));
    }

    private boolean decides(Dataset data) {
        TargetLeakage.Telling told =
                TargetLeakage.of(data, ContentOrder.of(data, workers), 1).told(0, 1);
        return told != null && told.decides();
    }

    @Test
    void aCopyOfTheLabelUnderOtherNamesIsFound() {
        assertThat(classes(300, 3, (code, random) -> (code + 1) % 3)).isTrue();
        assertThat(classes(3000, 2, (code, random) -> random.nextDouble() < 0.004 ? 1 - code : code))
                .isTrue();
    }

    @Test
    void aScoreMadeFromTheLabelIsFound() {
        assertThat(classes(300, 2, (code, random) -> code + 0.9 * random.nextDouble()))
                .isTrue();
        assertThat(numbers((target, random) -> Math.exp(target) + 1e-4 * random.nextGaussian()))
                .isTrue();
    }

    @Test
    void aStrongFeatureIsNoLeak() {
        // nine mistakes in ten are avoided, 95 % of the variance explained
        assertThat(classes(1000, 2, (code, random) -> random.nextDouble() < 0.05 ? 1 - code : code))
                .isFalse();
        assertThat(classes(1000, 2, (code, random) -> 3.3 * code + random.nextGaussian()))
                .isFalse();
        assertThat(numbers((target, random) -> target + 0.22 * random.nextGaussian()))
                .isFalse();
    }

    /** Rows lie by class, so whoever is met first among equal values has the same one. */
    @Test
    void equalValuesAreNoLeakHoweverTheRowsLie() {
        assertThat(classes(3000, 2, (code, random) -> random.nextDouble() < 0.9 ? 0 : Math.abs(random.nextGaussian())))
                .isFalse();
        assertThat(numbers((target, random) -> random.nextDouble() < 0.8 ? 0 : random.nextGaussian()))
                .isFalse();
    }

    @Test
    void aCategoryOfManyLevelsIsNoLeakUnlessItsLevelsTellTheLabel() {
        assertThat(category((label, random) -> random.nextInt(100))).isFalse();
        assertThat(category((label, random) -> 2 * random.nextInt(50) + label)).isTrue();
    }

    private boolean category(ToIntBiFunction<Integer, Random> level) {
        Random random = new Random(8);
        Matrix x = new Matrix(2000, 101);
        int[] codes = new int[2000];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextInt(2);
            x.set(i, level.applyAsInt(codes[i], random), 1);
            x.set(i, 100, 1);
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("a", "b")));
        return Objects.requireNonNull(TargetLeakage.of(data, ContentOrder.of(data, workers), 1)
                        .told(0, 100))
                .decides();
    }

    @Test
    void aNameOfEachRowIsNoLeakAndFewRowsSayNothing() {
        assertThat(classes(300, 2, (code, random) -> random.nextDouble())).isFalse();
        assertThat(classes(30, 2, (code, random) -> code)).isFalse();
    }

    /** One label in twenty is another one: that is a tenth of the mistakes of saying always the same of two. */
    @Test
    void whatAColumnLeavesOpenIsToldBesideWhatItLeavesOfShuffledLabels() {
        Random random = new Random(8);
        Matrix x = new Matrix(1000, 2);
        int[] codes = new int[1000];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = i % 2;
            x.set(i, 0, i % 40 < 2 ? 1 - codes[i] : codes[i]);
            x.set(i, 1, 1);
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("a", "b")));
        TargetLeakage leakage = TargetLeakage.of(data, ContentOrder.of(data, workers), 1);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, leakage.rows()).boxed().toList());
        Collections.shuffle(order, random);

        TargetLeakage.Telling told = Objects.requireNonNull(leakage.told(0, 1));
        TargetLeakage.Telling control = Objects.requireNonNull(
                leakage.shuffled(order.stream().mapToInt(Integer::intValue).toArray())
                        .told(0, 1));
        assertThat(told.left()).isCloseTo(0.1, within(1e-9));
        assertThat(told.decides()).isFalse();
        assertThat(control.left()).isBetween(0.85, 1.15);
        assertThat(leakage.told(1, 2)).as("a constant column").isNull();
    }
}
