package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
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
        return TargetLeakage.of(data, ContentOrder.of(data, workers), 1).isDecidedBy(0, 1);
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

    @Test
    void aNameOfEachRowIsNoLeakAndFewRowsSayNothing() {
        assertThat(classes(300, 2, (code, random) -> random.nextDouble())).isFalse();
        assertThat(classes(30, 2, (code, random) -> code)).isFalse();
    }
}
