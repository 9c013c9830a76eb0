package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.judge.Purifier;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RemovalCurveTest {
    /** One rule; every tenth label wrong where {@code flip}. */
    private static Dataset data(int n, boolean flip, long seed) {
        Random random = new Random(seed);
        Matrix x = new Matrix(n, 4);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, 3, 1);
            boolean high = 2 * x.get(i, 0) - x.get(i, 1) > 0;
            codes[i] = high != (flip && i % 10 == 0) ? 1 : 0;
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("a", "b")));
    }

    @Test
    void leadsFromAllRowsOverTheStopBeyondAndEveryRowGoesOnce() {
        try (Workers workers = Workers.of(2)) {
            Dataset data = data(400, true, 1);
            Dataset test = data(300, false, 2);
            Purification purification =
                    Purifier.purify(data, test, PurifySettings.AUTOMATIC, new PurifyJournal(), workers, Progress.NONE);
            assertThat(purification.criterion()).isEqualTo(CriterionKind.OUT_OF_FOLD);
            List<TrajectoryPoint> curve = RemovalCurve.of(purification, test, workers, Progress.NONE);
            int stop = RemovalCurve.stop(curve, purification);

            assertThat(curve.get(0).size()).isEqualTo(400);
            assertThat(stop).isPositive().isLessThan(curve.size() - 1);
            TrajectoryPoint there = curve.get(stop);
            TrajectoryPoint stated = purification.trajectory().get(purification.stop());
            assertThat(there.size()).isEqualTo(purification.kept().length);
            assertThat(there.potential() / stated.potential()).isCloseTo(1, within(1e-4));
            assertThat(there.trainingLoss()).isCloseTo(stated.trainingLoss(), within(1e-6));
            assertThat(there.watchedAccuracy()).isEqualTo(stated.watchedAccuracy());
            int[] gone = IntStream.rangeClosed(0, stop)
                    .flatMap(k -> IntStream.of(curve.get(k).removed()))
                    .sorted()
                    .toArray();
            assertThat(gone).containsExactly(purification.removed());
            assertThat(there.potential()).isLessThan(curve.get(0).potential());
            assertThat(there.outOfFoldLoss()).isLessThan(curve.get(0).outOfFoldLoss());
        }
    }
}
