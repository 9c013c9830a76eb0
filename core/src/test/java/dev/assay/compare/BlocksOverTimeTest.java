package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BlocksOverTimeTest {
    private static final int ROWS = 400;

    private static double[] times() {
        return IntStream.range(0, ROWS).mapToDouble(i -> 3 * i).toArray();
    }

    @Test
    void sharesThatMoveAreFound() {
        Random random = new Random(1);
        int[] assigned = IntStream.range(0, ROWS)
                .map(i -> random.nextDouble() < (double) i / ROWS ? 2 : 1)
                .toArray();

        BlocksOverTime found = Objects.requireNonNull(BlocksOverTime.of("day", times(), assigned, 2, null, 1));
        assertThat(found.follows()).isTrue();
        assertThat(found.periods()).hasSize(10);
        assertThat(found.periods().get(0).shares()[1]).isLessThan(0.25);
        assertThat(found.periods().get(9).shares()[1]).isGreaterThan(0.75);
        assertThat(found.periods().get(9).from()).isEqualTo(3 * 360);
        assertThat(found.periods().get(9).to()).isEqualTo(3 * 399);
        assertThat(found.periods()).allSatisfy(period -> {
            assertThat(period.rows()).isEqualTo(40);
            assertThat(period.shares()[0] + period.shares()[1]).isCloseTo(1, within(1e-9));
        });
    }

    @Test
    void chanceIsEvenlySpreadWhereBlocksHaveNothingToDoWithTime() {
        int small = 0;
        for (int draw = 0; draw < 60; draw++) {
            Random random = new Random(draw);
            int[] assigned =
                    IntStream.range(0, ROWS).map(i -> 1 + random.nextInt(2)).toArray();
            BlocksOverTime found = Objects.requireNonNull(BlocksOverTime.of("day", times(), assigned, 2, null, draw));
            small += found.chance() < 0.2 ? 1 : 0;
        }
        // 12 expected, standard deviation 3.1
        assertThat(small).isBetween(3, 22);
    }

    /** Forty patients of ten visits each, every visit of a patient in the patient's block: forty cases, not 400. */
    @Test
    void groupsAreOneCaseEach() {
        int falseAlarms = 0;
        int ofRows = 0;
        for (int draw = 0; draw < 30; draw++) {
            Random random = new Random(draw);
            int[] blockOf =
                    IntStream.range(0, 40).map(g -> 1 + random.nextInt(2)).toArray();
            int[] groups = IntStream.range(0, ROWS).map(i -> i / 10).toArray();
            int[] assigned = IntStream.of(groups).map(g -> blockOf[g]).toArray();
            BlocksOverTime grouped =
                    Objects.requireNonNull(BlocksOverTime.of("day", times(), assigned, 2, groups, draw));
            BlocksOverTime rows = Objects.requireNonNull(BlocksOverTime.of("day", times(), assigned, 2, null, draw));
            falseAlarms += grouped.follows() ? 1 : 0;
            ofRows += rows.follows() ? 1 : 0;
        }
        assertThat(falseAlarms).isLessThan(4);
        assertThat(ofRows).isEqualTo(30);
    }

    @Test
    void oneBlockOrOneTimeSaysNothing() {
        int[] assigned = IntStream.range(0, ROWS).map(i -> 1 + i % 2).toArray();

        assertThat(BlocksOverTime.of("day", times(), new int[ROWS], 1, null, 1)).isNull();
        assertThat(BlocksOverTime.of("day", new double[ROWS], assigned, 2, null, 1))
                .isNull();
    }
}
