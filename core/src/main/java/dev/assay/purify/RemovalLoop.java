package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.InvalidInputException;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.DenseLimits;
import dev.assay.model.AdamTrainer;
import dev.assay.model.ApproximateLeaveOneOut;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.SoftmaxLoss;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.noise.HeldOutLikelihood;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Series;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Purification by removing the worst rows, refitting, and repeating, for the criteria that score rows by one fit:
 * delta-variance, self-influence, row-variance, loss, random.
 *
 * <p>Unless the number of iterations is given, the loop runs side by side on all rows and inside each of K training parts,
 * and {@link StoppingRule} says from the parts how large a share to remove. The parts use the fast method of
 * delta-variance whatever method was asked for: they only say how much to remove, not what.
 *
 * <p>Every iteration costs one fit and one scoring of the kept rows, and with the automatic stop about 1 + K (1 - 1/K) times
 * that.
 */
public final class RemovalLoop {
    /** Up to so many rows the stop is looked for in twice as many parts, as there is less to go by. */
    private static final int FEW_ROWS = 5000;

    private static final double PART_GRADIENT_NORM = 1e-7;
    /** With fewer rows than this share of all the rest is no majority any more. */
    private static final double LEAST_KEPT = 0.2;

    private static final Series POTENTIAL =
            new Series("How mixed the rest is", "rows removed", "V (lower is less mixed)");
    private static final Series HELD_OUT = new Series(
            "How well held-out rows are explained", "rows removed", "log-likelihood, nats (higher is better)");

    private final Watched watched;
    private final PurifySettings settings;
    private final PurifyJournal journal;
    private final Workers workers;
    private final Progress progress;

    private final LoopData loopData;
    private final Dataset data;
    private final Loss loss;
    private final Folds folds;
    private final List<String> explanation = new ArrayList<>();
    private final List<TrajectoryPoint> trajectory = new ArrayList<>();

    /**
     * A loop for one data set.
     *
     * @param watched a test set, encoded like the data, that is only watched and has no effect on anything else; or null
     * @param journal what an interrupted run of the same data and settings left, or an empty one
     * @throws IllegalArgumentException if the criterion is none of the loop's
     * @throws InvalidInputException if there are fewer rows than folds, or the journal belongs to another run
     */
    public RemovalLoop(
            Dataset data,
            @Nullable Dataset watched,
            PurifySettings settings,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        if (settings.folds() > data.size()) {
            throw new InvalidInputException(
                    settings.folds() + " folds, but only " + data.size() + " rows: ask for fewer folds");
        }
        journal.open(data.fingerprint(), settings);
        this.watched = new Watched(watched);
        this.settings = settings;
        this.journal = journal;
        this.workers = workers;
        this.progress = progress;
        this.loopData = settings.paperPreset() ? LoopData.asItIs(data) : LoopData.of(data);
        this.data = loopData.rows();
        this.loss = settings.paperPreset() && data.targets() instanceof ClassTargets labels
                ? new SoftmaxLoss(labels.classes())
                : Loss.forTargets(data.targets());
        this.folds = Folds.of(data, settings.folds(), Seeds.child(settings.seed(), "removal folds"), workers);
    }

    /**
     * Purifies.
     *
     * @throws dev.assay.work.CancelledException if cancelled; the journal then holds what was worked out
     */
    public Purification run() {
        double ridge = ridge();
        RemovalPath.Manner manner = manner(settings.criterion(), settings.method(), ridge);
        RemovalPath path = new RemovalPath("all", data, manner, null, journal, workers);
        Integer iterations = settings.iterations();
        return iterations == null ? runToStop(path, ridge) : runAsked(path, iterations);
    }

    private Purification runAsked(RemovalPath path, int iterations) {
        Fit startFit = path.fit();
        progress.phase("purify", iterations);
        trajectory.add(point(0, path, null));
        for (int iteration = 1; iteration <= iterations; iteration++) {
            int size = sizeAfter(iteration);
            if (size <= settings.folds()) {
                explanation.add(String.format(
                        Locale.ROOT,
                        "ended after %d of %d iterations: no more than %d of %d rows are left",
                        iteration - 1,
                        iterations,
                        path.kept().length,
                        data.size()));
                break;
            }
            advance(path, size);
            trajectory.add(point(iteration, path, null));
            progress.step(iteration);
        }
        explanation.add("stopped after " + (trajectory.size() - 1) + " iterations, as asked");
        return result(path.fit(), startFit, trajectory.size() - 1, Double.NaN);
    }

    private double ridge() {
        Double given = settings.ridge();
        if (given != null) {
            explanation.add(String.format(Locale.ROOT, "ridge %.3g, as given", given));
            return given;
        }
        // the loss as criterion needs no Hessian
        boolean wide = data.dimension() * loss.logits() > DenseLimits.FACTORED_ON_REQUEST;
        CriterionKind kind =
                wide && settings.criterion() != CriterionKind.RANDOM ? CriterionKind.LOSS : settings.criterion();
        RidgeSearch.Choice choice =
                RidgeSearch.choose(data, folds, ridge -> partManner(kind, ridge), journal, workers, progress);
        explanation.add(choice.reason());
        return choice.ridge();
    }

    private Purification runToStop(RemovalPath path, double ridge) {
        progress.phase("purify", 0);
        Fit startFit = path.fit();
        int count = data.size() <= FEW_ROWS ? Math.min(data.size(), 2 * settings.folds()) : settings.folds();
        CrossFittedRemoval parts = new CrossFittedRemoval(
                "part",
                data,
                Folds.of(loopData.original(), count, Seeds.child(settings.seed(), "removal folds"), workers),
                partManner(settings.criterion(), ridge),
                null,
                journal,
                workers);
        StoppingRule rule = new StoppingRule(data.groups());
        HeldOutLikelihood judged = parts.judge(workers);
        rule.add(judged, 0);
        trajectory.add(point(0, path, judged));
        Fit bestFit = startFit;
        for (int iteration = 1; !rule.isOver(StoppingRule.PATIENCE); iteration++) {
            int size = sizeAfter(iteration);
            if (size < leastKept()) {
                break;
            }
            double share = 1 - (double) size / data.size();
            progress.checkCancelled();
            parts.advance(share, workers, progress);
            advance(path, size);
            judged = parts.judge(workers);
            trajectory.add(point(iteration, path, judged));
            if (rule.add(judged, share)) {
                bestFit = path.fit();
            }
            progress.step(iteration);
        }
        int stop = rule.stop();
        explanation.add(rule.inWords());
        return result(stop > 0 ? bestFit : startFit, startFit, stop, rule.wrongShare());
    }

    private void advance(RemovalPath path, int size) {
        progress.checkCancelled();
        path.advance(size, workers, new CancellationOnly(progress));
    }

    private int sizeAfter(int iteration) {
        return data.size() - settings.step().removedAfter(iteration, data.size());
    }

    private int leastKept() {
        return Math.max(settings.folds() + 2, (int) Math.ceil(LEAST_KEPT * data.size()));
    }

    private RemovalPath.Manner manner(CriterionKind kind, DeltaVarianceMethod method, double ridge) {
        boolean paper = settings.paperPreset();
        return new RemovalPath.Manner(
                loss,
                ridge,
                paper ? objective -> new AdamTrainer() : Trainer::automatic,
                !paper,
                Criterion.of(kind, method),
                settings.seed());
    }

    private RemovalPath.Manner partManner(CriterionKind kind, double ridge) {
        return new RemovalPath.Manner(
                loss,
                ridge,
                objective -> Trainer.automatic(objective) instanceof NewtonTrainer
                        ? new NewtonTrainer(PART_GRADIENT_NORM, 100)
                        : new TrustRegionNewtonTrainer(PART_GRADIENT_NORM),
                true,
                Criterion.of(kind, DeltaVarianceMethod.FAST),
                settings.seed());
    }

    private TrajectoryPoint point(int iteration, RemovalPath path, @Nullable HeldOutLikelihood judged) {
        Linearization fitted = path.fitted(workers);
        double potential =
                Potential.of(LinearGradientSpace.of(fitted, workers), workers).variance();
        int gone = data.size() - path.kept().length;
        progress.measured(POTENTIAL, gone, potential);
        if (judged != null) {
            progress.measured(HELD_OUT, gone, judged.total());
        }
        boolean small = fitted.objective().parameters() <= DenseLimits.FACTORED_ON_REQUEST;
        return new TrajectoryPoint(
                iteration,
                path.kept().length,
                potential,
                fitted.meanLoss(),
                small && !settings.paperPreset()
                        ? ApproximateLeaveOneOut.of(fitted, workers).meanLoss()
                        : Double.NaN,
                judged == null ? Double.NaN : judged.total(),
                judged == null ? Double.NaN : judged.wrongShare(),
                path.removed(),
                path.removedScores(),
                watched.accuracy(loopData.original(path.fit().model(), workers), workers));
    }

    private Purification result(Fit fit, Fit startFit, int stop, double wrongShare) {
        int[] removedAt = new int[data.size()];
        for (TrajectoryPoint point : trajectory.subList(1, stop + 1)) {
            for (int example : point.removed()) {
                removedAt[example] = point.iteration();
            }
        }
        int[] kept = IntStream.range(0, removedAt.length)
                .filter(i -> removedAt[i] == 0)
                .toArray();
        progress.phase("score the rows", 0);
        double[] first = trajectory.size() > 1 && settings.criterion() == CriterionKind.DELTA_VARIANCE
                ? journal.scores("all 1", data.size())
                : null;
        RowScorer scorer = new RowScorer(data, loss, folds, workers);
        RowScores scores = scorer.scores(startFit, fit, removedAt, first, null);
        return new Purification(
                loopData.original(),
                settings.criterion(),
                explanation,
                loopData.original(fit, kept, workers),
                trajectory,
                stop,
                removedAt,
                scores,
                RowScores.OUT_OF_FOLD_PROBABILITY,
                wrongShare);
    }
}
