package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Partition;
import dev.assay.data.Targets;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RowSpace;
import dev.assay.model.AdamTrainer;
import dev.assay.model.ApproximateLeaveOneOut;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
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
    /** Beyond so many parameters the ridge is searched with the loss as criterion, which needs no Hessian. */
    private static final int HESSIAN_PARAMETERS = 1500;

    /** Up to so many rows the stop is looked for in twice as many parts, as there is less to go by. */
    private static final int FEW_ROWS = 5000;

    private static final double PART_GRADIENT_NORM = 1e-7;
    /** With fewer rows than this share of all the rest is no majority any more. */
    private static final double LEAST_KEPT = 0.2;

    private static final Series POTENTIAL =
            new Series("How mixed the rest is", "rows removed", "V (lower is less mixed)");
    private static final Series HELD_OUT = new Series(
            "How well held-out rows are explained", "rows removed", "log-likelihood, nats (higher is better)");

    private final Dataset original;
    private final @Nullable Dataset watched;
    private final PurifySettings settings;
    private final PurifyJournal journal;
    private final Workers workers;
    private final Progress progress;

    private final @Nullable RowSpace space;
    private final Dataset data;
    private final Loss loss;

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
        this.original = data;
        this.watched = watched;
        this.settings = settings;
        this.journal = journal;
        this.workers = workers;
        this.progress = progress;
        this.space = data.dimension() > data.size() && !settings.paperPreset() ? RowSpace.of(data.features()) : null;
        this.data = space == null
                ? data
                : data.withFeatures(
                        space.coordinates(),
                        IntStream.range(0, data.size())
                                .mapToObj(j -> "direction" + j)
                                .toList());
        this.loss = settings.paperPreset() && data.targets() instanceof ClassTargets labels
                ? new SoftmaxLoss(labels.classes())
                : Loss.forTargets(data.targets());
    }

    /**
     * Purifies.
     *
     * @throws dev.assay.work.CancelledException if cancelled; the journal then holds what was worked out
     */
    public Purification run() {
        List<String> explanation = new ArrayList<>();
        Partition folds =
                Partition.of(original, settings.folds(), Seeds.child(settings.seed(), "removal folds"), workers);
        double ridge = ridge(folds, explanation);
        RemovalPath.Manner manner = manner(settings.criterion(), settings.method(), ridge);
        RemovalPath path = new RemovalPath("all", data, manner, null, journal, workers);
        Fit startFit = path.fit();
        List<TrajectoryPoint> trajectory = new ArrayList<>();
        Integer iterations = settings.iterations();
        if (iterations != null) {
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
            return result(path.fit(), startFit, trajectory, trajectory.size() - 1, Double.NaN, explanation, folds);
        }
        return runToStop(path, folds, ridge, explanation);
    }

    private double ridge(Partition folds, List<String> explanation) {
        Double given = settings.ridge();
        if (given != null) {
            explanation.add(String.format(Locale.ROOT, "ridge %.3g, as given", given));
            return given;
        }
        CriterionKind kind =
                data.dimension() * loss.logits() > HESSIAN_PARAMETERS && settings.criterion() != CriterionKind.RANDOM
                        ? CriterionKind.LOSS
                        : settings.criterion();
        RidgeSearch.Choice choice =
                RidgeSearch.choose(data, folds, ridge -> partManner(kind, ridge), journal, workers, progress);
        explanation.add(choice.reason());
        return choice.ridge();
    }

    private Purification runToStop(RemovalPath path, Partition folds, double ridge, List<String> explanation) {
        progress.phase("purify", 0);
        Fit startFit = path.fit();
        int count = data.size() <= FEW_ROWS ? Math.min(data.size(), 2 * settings.folds()) : settings.folds();
        CrossFittedRemoval parts = new CrossFittedRemoval(
                "part",
                data,
                Partition.of(original, count, Seeds.child(settings.seed(), "removal folds"), workers),
                partManner(settings.criterion(), ridge),
                null,
                journal,
                workers);
        StoppingRule rule = new StoppingRule(data.groups());
        List<TrajectoryPoint> trajectory = new ArrayList<>();
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
        return result(stop > 0 ? bestFit : startFit, startFit, trajectory, stop, rule.wrongShare(), explanation, folds);
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
        double[] weights = fitted.objective().data().weights();
        double[] losses = fitted.losses();
        double trainingLoss = 0;
        for (int i = 0; i < losses.length; i++) {
            trainingLoss += weights[i] * losses[i];
        }
        double potential =
                Potential.of(LinearGradientSpace.of(fitted, workers), workers).variance();
        int gone = data.size() - path.kept().length;
        progress.measured(POTENTIAL, gone, potential);
        if (judged != null) {
            progress.measured(HELD_OUT, gone, judged.total());
        }
        boolean small = fitted.objective().parameters() <= HESSIAN_PARAMETERS;
        return new TrajectoryPoint(
                iteration,
                path.kept().length,
                potential,
                trainingLoss / fitted.objective().data().totalWeight(),
                small && !settings.paperPreset()
                        ? ApproximateLeaveOneOut.of(fitted, workers).meanLoss()
                        : Double.NaN,
                judged == null ? Double.NaN : judged.total(),
                judged == null ? Double.NaN : judged.wrongShare(),
                path.removed(),
                path.removedScores(),
                watchedAccuracy(path.fit()));
    }

    private double watchedAccuracy(Fit fit) {
        if (watched == null) {
            return Double.NaN;
        }
        return accuracy(modelInOriginalSpace(fit), watched, workers);
    }

    /** Share of labels that the model gets right; for regression R^2. */
    static double accuracy(LinearModel model, Dataset test, Workers workers) {
        Targets targets = test.targets();
        if (targets instanceof ClassTargets labels) {
            int[] predicted = model.predictedClasses(test.features(), workers);
            int right = 0;
            for (int i = 0; i < predicted.length; i++) {
                if (predicted[i] == labels.codes()[i]) {
                    right++;
                }
            }
            return (double) right / predicted.length;
        }
        Matrix predicted = model.outputs(test.features(), workers);
        double mean = 0;
        for (int i = 0; i < test.size(); i++) {
            mean += targets.value(i) / test.size();
        }
        double residuals = 0;
        double total = 0;
        for (int i = 0; i < test.size(); i++) {
            double residual = targets.value(i) - predicted.get(i, 0);
            residuals += residual * residual;
            total += (targets.value(i) - mean) * (targets.value(i) - mean);
        }
        return 1 - residuals / total;
    }

    private LinearModel modelInOriginalSpace(Fit fit) {
        return space == null
                ? fit.model()
                : new LinearModel(
                        loss,
                        original.dimension(),
                        space.toOriginal(fit.model().parameters(), workers).values());
    }

    private Fit inOriginalSpace(Fit fit, int[] kept) {
        return space == null
                ? fit
                : new Fit(
                        modelInOriginalSpace(fit),
                        new Objective(original.select(kept), loss, fit.ridge()),
                        fit.value(),
                        fit.gradientNorm(),
                        fit.iterations(),
                        fit.converged());
    }

    private Purification result(
            Fit fit,
            Fit startFit,
            List<TrajectoryPoint> trajectory,
            int stop,
            double wrongShare,
            List<String> explanation,
            Partition folds) {
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
                original,
                settings.criterion(),
                explanation,
                inOriginalSpace(fit, kept),
                trajectory,
                stop,
                removedAt,
                scores,
                RowScores.OUT_OF_FOLD_PROBABILITY,
                wrongShare);
    }
}
