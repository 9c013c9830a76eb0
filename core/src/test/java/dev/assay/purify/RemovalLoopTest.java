package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.SyntheticSample;
import dev.assay.judge.Purifier;
import dev.assay.model.GeneratedData;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemovalLoopTest {
    private static final int OWN = 420;
    private static final int FOREIGN = 180;

    private final Workers workers = Workers.of(2);
    private final Dataset mixture =
            SyntheticSample.drawPaper(new int[] {OWN, FOREIGN}, 4).toDataset();
    private final Dataset clean = SyntheticSample.drawPaper(new int[] {400}, 5).toDataset();
    private final PurifySettings settings = PurifySettings.AUTOMATIC
            .withCriterion(CriterionKind.DELTA_VARIANCE)
            .withRidge(3e-4)
            .withStep(RemovalStep.ofShare(0.03));

    @AfterEach
    void close() {
        workers.close();
    }

    private Purification purify(Dataset data, PurifySettings how) {
        return purify(data, null, how, workers);
    }

    private static Purification purify(Dataset data, @Nullable Dataset watched, PurifySettings how, Workers threads) {
        return Purifier.purify(data, watched, how, new PurifyJournal(), threads, Progress.NONE);
    }

    private static void assertSame(Purification left, Purification right) {
        assertThat(right.removedAt()).containsExactly(left.removedAt());
        assertThat(right.fit().model().theta())
                .containsExactly(left.fit().model().theta());
        assertThat(right.stop()).isEqualTo(left.stop());
        assertThat(right.explanation()).isEqualTo(left.explanation());
        assertThat(right.trajectory())
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(left.trajectory());
        assertThat(right.scores())
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(left.scores());
    }

    @Test
    void takesTheForeignRowsOutOfAMixture() {
        Dataset test = SyntheticSample.drawPaper(new int[] {1000}, 6).toDataset();
        Purification result = purify(mixture, test, settings, workers);
        int[] removed = result.removed();
        long foreign = Arrays.stream(removed).filter(i -> i >= OWN).count();
        assertThat(removed.length).isBetween(70, 170);
        assertThat((double) foreign / removed.length).isGreaterThan(0.85);
        TrajectoryPoint stop = result.trajectory().get(result.stop());
        assertThat(stop.watchedAccuracy())
                .isGreaterThan(result.trajectory().get(0).watchedAccuracy() + 0.1);
        assertThat(stop.potential()).isLessThan(result.trajectory().get(0).potential());
        assertThat(result.wrongShare()).isBetween(0.1, 0.35);
    }

    @ParameterizedTest
    @EnumSource(
            value = CriterionKind.class,
            names = {"AUTO", "OUT_OF_FOLD"},
            mode = EnumSource.Mode.EXCLUDE)
    void leavesACleanSetAlone(CriterionKind kind) {
        Purification result = purify(clean, settings.withCriterion(kind));
        assertThat(result.removed().length).isLessThanOrEqualTo(clean.size() / 100);
    }

    @Test
    void theControlFindsNothingInAMixture() {
        assertThat(purify(mixture, settings.withCriterion(CriterionKind.RANDOM)).removed())
                .isEmpty();
    }

    @Test
    void choosesARidgeWithWhichTheMixtureComesApart() {
        Purification result = purify(mixture, settings.withRidge(null));
        assertThat(result.fit().ridge()).isBetween(1e-5, 5e-3);
        assertThat(Arrays.stream(result.removed()).filter(i -> i >= OWN).count())
                .isGreaterThan(60);
    }

    @Test
    void aWatchedTestSetChangesNothing() {
        Dataset test = SyntheticSample.drawPaper(new int[] {100}, 9).toDataset();
        Purification with = purify(mixture, test, settings, workers);
        Purification without = purify(mixture, null, settings, workers);
        assertThat(with.removedAt()).containsExactly(without.removedAt());
        assertThat(with.fit().model().theta())
                .containsExactly(without.fit().model().theta());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        try (Workers one = Workers.of(1)) {
            assertSame(purify(mixture, null, settings, one), purify(mixture, null, settings, workers));
        }
    }

    @Test
    void theOrderOfTheRowsChangesNothing() {
        Dataset data = GeneratedData.of(150, 5, 3, false, 3);
        Integer[] order = IntStream.range(0, data.size()).boxed().toArray(Integer[]::new);
        Collections.shuffle(Arrays.asList(order), new Random(3));
        int[] permutation = Arrays.stream(order).mapToInt(i -> i).toArray();
        PurifySettings fixed = settings.withRidge(1e-2).withIterations(5);
        int[] original = purify(data, fixed).removedAt();
        int[] moved = purify(data.select(permutation), fixed).removedAt();
        for (int i = 0; i < permutation.length; i++) {
            assertThat(moved[i]).isEqualTo(original[permutation[i]]);
        }
    }

    /** Cancelled after a number of looks at the progress, then continued from the lines of its journal. */
    @ParameterizedTest
    @EnumSource(DeltaVarianceMethod.class)
    void continuesWhereItWasInterrupted(DeltaVarianceMethod method) {
        Dataset data = GeneratedData.of(90, 4, 2, false, 6);
        PurifySettings how = settings.withMethod(method)
                .withRidge(1e-2)
                .withStep(RemovalStep.ofRows(4))
                .withIterations(4);
        Purification whole = purify(data, how);
        PurifyJournal journal = new PurifyJournal();
        int looks = 5;
        while (true) {
            PurifyJournal known = PurifyJournal.ofLines(journal.toLines());
            try {
                assertSame(whole, Purifier.purify(data, null, how, known, workers, new CancelledAfter(looks)));
                break;
            } catch (CancelledException interrupted) {
                journal = known;
                looks++;
            }
        }
        assertThat(looks).isGreaterThan(5);
        assertThat(journal.stepsDone()).isPositive();
    }

    @Test
    void continuesASearchForTheStop() {
        Purification whole = purify(mixture, settings);
        PurifyJournal journal = new PurifyJournal();
        assertThatThrownBy(() -> Purifier.purify(mixture, null, settings, journal, workers, new CancelledAfter(40)))
                .isInstanceOf(CancelledException.class);
        int done = journal.stepsDone();
        assertThat(done).isPositive();
        PurifyJournal read = PurifyJournal.ofLines(journal.toLines());
        assertSame(whole, Purifier.purify(mixture, null, settings, read, workers, Progress.NONE));
        assertThat(read.stepsDone()).isGreaterThan(done);
    }

    private static final class CancelledAfter implements Progress {
        private int looks;

        CancelledAfter(int looks) {
            this.looks = looks;
        }

        @Override
        public void phase(String name, long steps) {}

        @Override
        public void step(long done) {}

        @Override
        public synchronized boolean isCancelled() {
            looks--;
            return looks < 0;
        }
    }

    @Test
    void runsSoManyIterationsAsAsked() {
        Purification result = purify(clean, settings.withIterations(3).withStep(RemovalStep.ofRows(7)));
        assertThat(result.stop()).isEqualTo(3);
        assertThat(result.removed()).hasSize(21);
        assertThat(result.trajectory()).extracting(TrajectoryPoint::size).containsExactly(400, 393, 386, 379);
        for (TrajectoryPoint point : result.trajectory()) {
            for (int example : point.removed()) {
                assertThat(result.removedAt()[example]).isEqualTo(point.iteration());
            }
        }
    }

    @Test
    void purifiedModelIsTheFitToTheKeptRows() {
        Purification result = purify(mixture, settings);
        Dataset kept = mixture.select(result.kept());
        double[] refitted = new NewtonTrainer()
                .fit(new Objective(kept, result.fit().objective().loss(), 3e-4), workers)
                .model()
                .theta();
        assertThat(result.fit().model().theta()).containsExactly(refitted, within(1e-4));
        assertThat(result.fit().objective().data().rows()).containsExactly(kept.rows());
    }

    @Test
    void moreFeaturesThanRowsAreNoObstacle() {
        Dataset wide = GeneratedData.of(40, 60, 2, false, 12);
        PurifySettings how = settings.withRidge(1e-2).withIterations(2).withStep(RemovalStep.ofRows(3));
        Purification result = purify(wide, wide, how, workers);
        Dataset kept = wide.select(result.kept());
        double[] refitted = new NewtonTrainer()
                .fit(new Objective(kept, result.fit().objective().loss(), 1e-2), workers)
                .model()
                .theta();
        assertThat(result.fit().model().theta()).containsExactly(refitted, within(1e-6));
        assertThat(result.trajectory().get(2).watchedAccuracy()).isBetween(0.9, 1.0);
    }

    @Test
    void realTargetsWithGrossErrorsLoseThem() {
        Dataset data = GeneratedData.of(300, 5, 1, false, 2);
        double[] values = new double[300];
        for (int i = 0; i < 300; i++) {
            values[i] = data.targets().value(i) / 4 + (i < 30 ? 4 : 0);
        }
        Purification result = purify(
                data.withTargets(new RealTargets(values, 0, 1)),
                settings.withRidge(1e-3).withCriterion(CriterionKind.LOSS));
        long errors = Arrays.stream(result.removed()).filter(i -> i < 30).count();
        assertThat(errors).isGreaterThan(20);
        assertThat(result.removed().length).isLessThan(60);
    }
}
