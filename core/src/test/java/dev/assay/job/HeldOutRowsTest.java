package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HeldOutRowsTest {
    private static final int ROWS = 200;

    private static TrainingData data(int @Nullable [] groups, double @Nullable [] times) {
        Random random = new Random(3);
        Matrix x = new Matrix(ROWS, 2);
        int[] codes = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x.set(i, 0, random.nextGaussian());
            x.set(i, 1, 1);
            codes[i] = random.nextInt(2);
        }
        Dataset dataset =
                Dataset.of(x, new ClassTargets(codes, List.of("a", "b"))).withGroups(groups);
        return new TrainingData(
                dataset,
                new FittedArrayEncoder(List.of(1), List.of(0), List.of(0.0), List.of(1.0)),
                "y",
                null,
                times == null ? null : new Times("day", times, false),
                null);
    }

    private static HeldOutRows heldOut(int @Nullable [] groups, double @Nullable [] times) {
        try (Workers workers = Workers.of(1)) {
            return HeldOutRows.of(data(groups, times), 1, workers);
        }
    }

    @Test
    void theLatestFifthIsHeldOut() {
        double[] times = new Random(1).doubles(ROWS).toArray();

        HeldOutRows held = heldOut(null, times);

        assertThat(held.out()).hasSize(ROWS / 5);
        assertThat(held.rest()).hasSize(ROWS - ROWS / 5);
        double earliest =
                Arrays.stream(held.out()).mapToDouble(i -> times[i]).min().orElseThrow();
        assertThat(Arrays.stream(held.rest()).boxed()).allMatch(i -> times[i] < earliest);
    }

    @Test
    void groupsOfHeldOutRowsAreNotLearnedFrom() {
        int[] groups = IntStream.range(0, ROWS).map(i -> i % 40).toArray();
        double[] times = IntStream.range(0, ROWS)
                .mapToDouble(i -> i % 40 < 30 ? i % 40 : i)
                .toArray();

        HeldOutRows held = heldOut(groups, times);

        assertThat(held.out()).isNotEmpty();
        assertThat(held.rest()).isNotEmpty();
        for (int i : held.out()) {
            assertThat(Arrays.stream(held.rest()).boxed()).noneMatch(j -> groups[j] == groups[i]);
        }
    }

    @Test
    void withoutTimesGroupsStayWhole() {
        int[] groups = IntStream.range(0, ROWS).map(i -> i / 4).toArray();

        HeldOutRows held = heldOut(groups, null);

        assertThat(held.out().length + held.rest().length).isEqualTo(ROWS);
        assertThat(held.out()).hasSizeBetween(30, 50);
        for (int i : held.out()) {
            assertThat(Arrays.stream(held.rest()).boxed()).noneMatch(j -> groups[j] == groups[i]);
        }
    }

    @Test
    void timesThatAreAllTheSameAndTooFewGroupsAreRefused() {
        assertThatThrownBy(() -> heldOut(null, new double[ROWS]))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no later rows");
        assertThatThrownBy(() -> data(IntStream.range(0, ROWS).map(i -> i % 3).toArray(), null)
                        .requireEnoughGroups())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 groups, expected at least 5");
    }
}
