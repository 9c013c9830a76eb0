package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.engine.RowBlocks;
import dev.assay.engine.RowStore;
import dev.assay.judge.FurtherRows;
import dev.assay.linalg.Matrix;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Rows of which a sample alone was judged. */
final class PurifiedRowsTest {
    private static final Workers WORKERS = Workers.of(2);
    private static final int SAMPLE = 1000;

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    /** Blocks that were put, in memory. */
    private static final class Kept implements RowStore {
        private final List<Matrix> blocks = new ArrayList<>();

        @Override
        public void put(int block, Matrix scores) {
            assertThat(block).isEqualTo(blocks.size());
            blocks.add(scores);
        }

        @Override
        public Matrix get(int block) {
            return blocks.get(block);
        }
    }

    private static PurifiedRows purified(PlantedRules planted, PurifyOutcome[] sample) {
        Dataset all = planted.data().dataset();
        int[] rows = IntStream.range(0, SAMPLE).map(i -> 3 * i).toArray();
        sample[0] = new PurifyRequest(planted.data().select(rows), null, PurifySettings.AUTOMATIC)
                .run(new PurifyJournal(), WORKERS, Progress.NONE, Laps.NONE);
        return PurifiedRows.of(sample[0].purified(), null, RowBlocks.of(all, 128), new Kept(), WORKERS, Progress.NONE);
    }

    @Test
    void rowsThatNobodyLookedAtAreJudgedByTheSamplesExperts() {
        PlantedRules planted = PlantedRules.of(3 * SAMPLE, 0, 0.15, 3, WORKERS);
        Dataset all = planted.data().dataset();
        PurifyOutcome[] sample = new PurifyOutcome[1];

        PurifiedRows found = purified(planted, sample);

        List<Integer> seen = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        int[] right = new int[2];
        found.each(
                (index, block, judged, scores) -> {
                    for (int i = 0; i < block.size(); i++) {
                        boolean removed = judged.get(i, FurtherRows.REMOVED) == 1;
                        if (!removed) {
                            kept.add(seen.size());
                        }
                        seen.add(block.rows()[i]);
                        boolean wrong = planted.wrong()[block.rows()[i]];
                        right[0] += removed && wrong ? 1 : 0;
                        right[1] += removed && !wrong ? 1 : 0;
                        assertThat(scores.columns()).isEqualTo(3);
                    }
                },
                Progress.NONE);
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.of(all.rows()).boxed().toList());
        assertThat(found.totals().rows()).isEqualTo(all.size());
        assertThat(found.totals().sampled()).isEqualTo(SAMPLE);
        assertThat(found.totals().removed()).isEqualTo(all.size() - kept.size());
        assertThat(right[0]).isGreaterThan(270);
        assertThat(right[1]).isLessThan(60);
        LinearPotential potential = LinearPotential.of(all, WORKERS);
        int[] rest = kept.stream().mapToInt(Integer::intValue).toArray();
        double before = potential.variance(all, WORKERS);
        double after = potential.variance(all.select(rest), WORKERS);
        assertThat(found.measures().before()).isCloseTo(before, within(1e-8 * before));
        assertThat(found.measures().after()).isCloseTo(after, within(1e-8 * after));
    }
}
