package dev.assay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyIndexIsVisitedOnceAndResultsComeInBlockOrder(int threads) {
        try (Workers workers = Workers.of(threads)) {
            int[] visits = new int[1003];
            workers.forEachBlock(visits.length, 10, (from, to) -> {
                for (int i = from; i < to; i++) {
                    visits[i]++;
                }
            });
            assertThat(visits).containsOnly(1);
            List<Integer> starts = workers.mapBlocks(1003, 10, (from, to) -> from);
            assertThat(starts)
                    .isEqualTo(IntStream.range(0, 101).map(i -> 10 * i).boxed().toList());
        }
    }

    @Test
    void sumsHaveTheSameBitsWhateverTheNumberOfThreads() {
        double[] values =
                IntStream.range(0, 100_000).mapToDouble(i -> Math.sin(i) * 1e5).toArray();
        double one = sum(values, 1);
        assertThat(sum(values, 2)).isEqualTo(one);
        assertThat(sum(values, 7)).isEqualTo(one);
    }

    private static double sum(double[] values, int threads) {
        try (Workers workers = Workers.of(threads)) {
            return workers.reduce(
                            values.length,
                            97,
                            () -> new double[1],
                            (total, from, to) -> {
                                for (int i = from; i < to; i++) {
                                    total[0] += values[i];
                                }
                            },
                            (left, right) -> {
                                left[0] += right[0];
                                return left;
                            })[0];
        }
    }

    @Test
    void blocksMayUseTheWorkersThemselves() {
        try (Workers workers = Workers.of(3)) {
            List<Integer> totals = workers.mapBlocks(
                    20,
                    1,
                    (outer, ignored) -> workers.mapBlocks(50, 1, (from, to) -> outer * from).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
            assertThat(totals.get(3)).isEqualTo(3 * 49 * 50 / 2);
        }
    }

    @Test
    void aFailureInABlockReachesTheCallerAndTheWorkersLiveOn() {
        try (Workers workers = Workers.of(2)) {
            assertThatThrownBy(() -> workers.forEachBlock(100, 1, (from, to) -> {
                        if (from == 57) {
                            throw new IllegalStateException("block 57");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("block 57");
            assertThat(workers.mapBlocks(3, 1, (from, to) -> from)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void anEmptyRangeGivesTheZero() {
        try (Workers workers = Workers.of(2)) {
            assertThat(workers.reduce(0, 8, () -> 42, (sum, from, to) -> {}, Integer::sum))
                    .isEqualTo(42);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void closedWorkersSayWhatToDo(int threads) {
        Workers workers = Workers.of(threads);
        workers.close();

        assertThatThrownBy(() -> workers.mapBlocks(10, 1, (from, to) -> from))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed")
                .hasMessageContaining("Workers.shared()");
    }

    @Test
    void closingTheSharedWorkersDoesNothing() {
        try (Workers workers = Workers.shared()) {
            assertThat(workers.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
        }

        assertThat(Workers.shared().mapBlocks(3, 1, (from, to) -> from)).containsExactly(0, 1, 2);
    }
}
