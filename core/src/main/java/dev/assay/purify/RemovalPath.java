package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of the removal loop: fit the kept rows, score them, remove the worst, repeat. Goes forward only.
 *
 * <p>An iteration is one removal and the fit that follows it.
 */
final class RemovalPath {
    /** How a path goes about it. */
    record Manner(Loss loss, double ridge, TrainerChoice trainer, boolean warm, Criterion criterion, long seed) {}

    /** Which trainer fits an objective. */
    @FunctionalInterface
    interface TrainerChoice {
        Trainer trainer(Objective objective);
    }

    private final String key;
    private final Dataset data;
    private final Manner manner;
    private final PurifyJournal journal;
    private int[] kept;
    private Fit fit;
    private @Nullable Linearization fitted;
    private int iteration;
    private int[] removed = new int[0];
    private double[] removedScores = new double[0];

    /**
     * Fits all rows.
     *
     * @param key a name for the journal, its own among the paths of a purification
     * @param start parameters to start the first fit from, zero if null
     */
    RemovalPath(
            String key,
            Dataset data,
            Manner manner,
            double @Nullable [] start,
            PurifyJournal journal,
            Workers workers) {
        this.key = key;
        this.data = data;
        this.manner = manner;
        this.journal = journal;
        this.kept = IntStream.range(0, data.size()).toArray();
        this.fit = fit(data, start, workers);
    }

    private Fit fit(Dataset rows, double @Nullable [] start, Workers workers) {
        Objective objective = new Objective(rows, manner.loss(), manner.ridge());
        return manner.trainer().trainer(objective).fit(objective, start, workers);
    }

    /** Rows at the start. */
    int startSize() {
        return data.size();
    }

    /** Indices of the kept examples in the path's data, ascending. */
    int[] kept() {
        return kept;
    }

    /** The fit to the kept rows. */
    Fit fit() {
        return fit;
    }

    /** What the last iteration removed, worst first. */
    int[] removed() {
        return removed;
    }

    double[] removedScores() {
        return removedScores;
    }

    /** The objective of the kept rows at the fit. */
    Linearization fitted(Workers workers) {
        Linearization known = fitted;
        if (known == null) {
            known = fit.objective().at(fit.model().theta(), workers);
            fitted = known;
        }
        return known;
    }

    /**
     * Removes the worst rows until only {@code size} are left, and fits the rest.
     *
     * @throws dev.assay.work.CancelledException if cancelled; what was worked out is in the journal
     */
    void advance(int size, Workers workers, Progress progress) {
        iteration++;
        String stepKey = key + " " + iteration;
        PurifyJournal.Step step = journal.step(stepKey);
        if (step == null) {
            step = step(stepKey, kept.length - size, workers, progress);
            journal.record(stepKey, step);
        }
        removed = step.removed();
        removedScores = step.scores();
        boolean[] gone = new boolean[data.size()];
        for (int example : removed) {
            gone[example] = true;
        }
        kept = Arrays.stream(kept).filter(example -> !gone[example]).toArray();
        double @Nullable [] start = manner.warm() ? fit.model().theta() : null;
        fitted = null;
        fit = fit(data.select(kept), start, workers);
    }

    private PurifyJournal.Step step(String stepKey, int count, Workers workers, Progress progress) {
        double[] scores = journal.scores(stepKey, kept.length);
        long seed = Seeds.child(manner.seed(), "removal step", iteration);
        try {
            manner.criterion().complete(fitted(workers), seed, scores, workers, progress);
        } finally {
            journal.keepScores(stepKey, scores);
        }
        if (iteration > 1) {
            // those of all rows are reported at the end, the others are of no more use
            journal.dropScores(stepKey);
        }
        int[] order = IntStream.range(0, kept.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        return new PurifyJournal.Step(
                Arrays.stream(order).map(i -> kept[i]).toArray(),
                Arrays.stream(order).mapToDouble(i -> scores[i]).toArray());
    }
}
