package dev.assay.purify;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.learn.RidgeSelection;
import dev.assay.model.Fit;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.noise.WrongLabels;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The criterion {@code out-of-fold}: a judgement of which rows do not belong, made elsewhere, carried out. The purified model is fitted to
 * the others.
 */
public final class OutOfFoldPurification {
    /** Of more rows the ridge is chosen on a sample of so many. */
    private static final int RIDGE_ROWS = 20_000;

    private static final double WIDE_GRADIENT_NORM = 1e-6;
    /** Where there are too few rows to choose a ridge: that of the paper. */
    private static final double UNJUDGED_RIDGE = 0.01;

    private OutOfFoldPurification() {}

    /**
     * What was judged of each row.
     *
     * @param removedAt the round from which on the row was out, 0 for those that are kept
     * @param trust probability that the row belongs to what is kept; lower = more suspicious
     * @param outOfFoldProbability of its label under experts that had not seen the row; lower = more suspicious
     * @param suggested whether the label is taken for wrong, so that another one is to be suggested
     * @param suggestion class code, or standardised value, that it should have
     * @param suggestedProbability of the suggestion; NaN for numbers
     * @param share of wrong labels
     * @param recommendedScore name of the score that ranks suspicious rows best
     */
    public record Rows(
            int[] removedAt,
            double[] trust,
            double[] outOfFoldProbability,
            boolean[] suggested,
            double[] suggestion,
            double[] suggestedProbability,
            double share,
            String recommendedScore) {
        /** Too few rows to judge any: all are kept, and nothing is known of them but their loss. */
        public static Rows unjudged(int n) {
            double[] unknown = new double[n];
            Arrays.fill(unknown, Double.NaN);
            return new Rows(new int[n], unknown, unknown, new boolean[n], unknown, unknown, 0, RowScores.LOSS);
        }

        private boolean isJudged() {
            return !recommendedScore.equals(RowScores.LOSS);
        }
    }

    /**
     * Purifies.
     *
     * @param watched a test set that is only watched, or null
     * @param ridge of the purified model, null to choose it
     * @param rounds of the judgement
     * @param explanation what was judged and why, the verdict last
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Purification of(
            Dataset data,
            @Nullable Dataset watched,
            @Nullable Double ridge,
            long seed,
            Rows rows,
            List<WrongLabels.Round> rounds,
            List<String> explanation,
            Workers workers,
            Progress progress) {
        progress.phase("fit the purified model", 0);
        int[] removedAt = rows.removedAt();
        int[] kept =
                IntStream.range(0, data.size()).filter(i -> removedAt[i] == 0).toArray();
        Loss loss = Loss.forTargets(data.targets());
        Dataset rest = kept.length == data.size() ? data : data.select(kept);
        Double given = ridge == null && !rows.isJudged() ? Double.valueOf(UNJUDGED_RIDGE) : ridge;
        RidgeSelection path = given == null ? RidgeSelection.standard() : new RidgeSelection(List.of(given));
        Purified purified = fit(rest, loss, path, given == null, seed, workers);
        progress.checkCancelled();
        Fit start = kept.length == data.size()
                ? purified.fit()
                : train(
                        new Objective(data, loss, purified.fit().ridge()),
                        purified.fit().model().theta(),
                        workers);
        progress.phase("score the rows", 0);
        // its folds are for probabilities that are already known
        RowScores scored = new RowScorer(data, loss, Folds.whole(data.size()), workers)
                .scores(start, purified.fit(), removedAt, null, rows.outOfFoldProbability());
        RowScores scores = rows.isJudged() ? scored.judged(rows) : scored;
        List<String> all = new ArrayList<>(explanation);
        // the last sentence says why it stopped there
        all.add(Math.max(0, all.size() - 1), "purified model: " + purified.reason());
        List<TrajectoryPoint> trajectory =
                new OutOfFoldTrajectory(rows, rounds, start, purified.fit(), new Watched(watched)).points(workers);
        return new Purification(
                data,
                CriterionKind.OUT_OF_FOLD,
                all,
                purified.fit(),
                trajectory,
                trajectory.size() - 1,
                removedAt,
                scores,
                rows.recommendedScore(),
                rows.share());
    }

    private record Purified(Fit fit, String reason) {}

    /** The fit with the best ridge of the path, which of many rows is chosen on a sample if it may be. */
    private static Purified fit(
            Dataset rest, Loss loss, RidgeSelection path, boolean sampled, long seed, Workers workers) {
        if (!sampled || rest.size() <= RIDGE_ROWS) {
            RidgeSelection.Choice choice = path.choose(rest, loss, seed, workers);
            return new Purified(choice.fit(), choice.reason());
        }
        int[] sample = ContentOrder.of(rest, workers).sample(RIDGE_ROWS, Seeds.child(seed, "ridge rows"));
        RidgeSelection.Choice choice = path.choose(rest.select(sample), loss, seed, workers);
        double ridge = choice.ridge() * sample.length / rest.size();
        Fit fit = train(new Objective(rest, loss, ridge), choice.fit().model().theta(), workers);
        return new Purified(
                fit,
                String.format(
                        Locale.ROOT,
                        "ridge %.3g for all rows, from a sample of %d: %s",
                        ridge,
                        sample.length,
                        choice.reason()));
    }

    private static Fit train(Objective objective, double[] start, Workers workers) {
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer()
                : new TrustRegionNewtonTrainer(WIDE_GRADIENT_NORM);
        return trainer.fit(objective, start, workers);
    }
}
