package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.model.Fit;
import dev.assay.model.Loss;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.model.RidgePath;
import dev.assay.model.Trainer;
import dev.assay.model.TrustRegionNewtonTrainer;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The criterion {@code out-of-fold}: which labels are not explained by an expert that was not trained with them, where
 * labels may be wrong, iterated to a fixed point. See {@link Separation} for the rounds and {@link ExpertChoice} for the
 * choice of the expert; a row is removed where the posterior probability that its label is explained ends below 0.4.
 */
final class OutOfFoldPurifier {
    private static final double GRADIENT_NORM = 1e-4;
    /** A row goes at odds of 3 to 2: a row that is removed is a loss for certain, one that is kept only perhaps. */
    private static final double LEAST_TRUST = 0.4;

    /** Radial experts are tried up to so many examples times logits. */
    private static final int RADIAL_WORK = 20_000;

    private static final int RADIAL_SIZE = 10_000;
    /** Fewer examples than this say nothing about a bent expert. */
    private static final int RADIAL_SMALLEST = 50;
    /** Parameters of a radial expert at the most. */
    private static final int RADIAL_PARAMETERS = 2500;

    private static final int RADIAL_DIRECTIONS = 300;

    /** Beyond so many parameters V takes minutes and is left out. */
    private static final int POTENTIAL_PARAMETERS = 3000;

    private static final double WIDE_GRADIENT_NORM = 1e-6;

    private OutOfFoldPurifier() {}

    /**
     * What was found.
     *
     * @param removedAt the round from which on the example was out, 0 for those that are kept
     * @param outOfFoldProbability probability of the example's own label under the last experts that did not see it, averaged
     *     over the last rounds; lower = more suspicious; for regression the density of the target in standardised units
     * @param trust posterior probability that the label is explained; lower = more suspicious
     * @param rounds share of unexplained labels and log-likelihood of each round, the averaged answers last
     * @param explanation one sentence per choice that was made from the data
     */
    record Result(
            int[] removedAt,
            double[] outOfFoldProbability,
            double[] trust,
            List<LabelNoise> rounds,
            List<String> explanation) {
        /** Estimated share of labels that are not explained. */
        double wrongShare() {
            return rounds.get(rounds.size() - 1).share();
        }
    }

    /** Finds the rows that are not explained. */
    static Result separate(Dataset data, PurifySettings settings, Progress progress, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        ContentOrder order = ContentOrder.of(data, workers);
        InputView linear = InputView.linear(data, workers);
        Double given = settings.ridge();
        ExpertChoice choice;
        if (given != null) {
            choice = ExpertChoice.given(linear, given);
        } else {
            List<InputView> views = new ArrayList<>(List.of(linear));
            if (data.size() >= RADIAL_SMALLEST
                    && data.size() <= RADIAL_SIZE
                    && (long) data.size() * loss.logits() <= RADIAL_WORK) {
                int directions = Math.min(RADIAL_DIRECTIONS, RADIAL_PARAMETERS / loss.logits());
                views.add(InputView.radial(data, order, directions, settings.seed(), workers));
            }
            choice = ExpertChoice.choose(data, views, order, loss, settings.seed(), progress, workers);
        }
        Dataset seen = choice.view().of(data);
        int parts = parts(data, settings.folds());
        List<LabelNoise> rounds = new ArrayList<>();
        Separation.State state = Separation.State.beginning(seen);
        for (double ridge : choice.ridges()) {
            CrossFit crossFit = new CrossFit(loss, ridge, GRADIENT_NORM);
            Separation.Schedule schedule = Separation.Schedule.onTheWay(parts);
            Separation way = Separation.run(seen, order, crossFit, schedule, state, settings.seed(), progress, workers);
            state = way.state();
            rounds.addAll(way.rounds());
        }
        double ridge = choice.ridges().get(choice.ridges().size() - 1);
        Separation separation = Separation.run(
                seen,
                order,
                new CrossFit(loss, ridge, GRADIENT_NORM),
                Separation.Schedule.atTheEnd(parts),
                state,
                settings.seed(),
                progress,
                workers);
        rounds.addAll(separation.rounds());
        LabelNoise noise = separation.noise();
        rounds.add(noise);
        String unexplained = String.format(
                Locale.ROOT,
                "%.1f %% of the labels are not explained by experts that did not see them",
                100 * noise.share());
        return new Result(
                removedAt(rounds),
                Arrays.stream(noise.logDensity()).map(Math::exp).toArray(),
                noise.trust(),
                rounds,
                List.of(choice.reason(), unexplained));
    }

    /**
     * Purifies.
     *
     * @param watched a test set that is only watched, or null
     */
    static Purification purify(
            Dataset data,
            @Nullable Dataset watched,
            PurifySettings settings,
            List<String> explanation,
            Workers workers,
            Progress progress) {
        progress.phase("judge the labels out of fold", 0);
        Result result = separate(data, settings, progress, workers);
        int[] removedAt = result.removedAt();
        int[] kept =
                IntStream.range(0, data.size()).filter(i -> removedAt[i] == 0).toArray();
        progress.phase("fit the purified model", 0);
        Loss loss = Loss.forTargets(data.targets());
        Double given = settings.ridge();
        RidgePath path = given == null ? RidgePath.standard() : new RidgePath(List.of(given));
        RidgePath.Choice choice = path.choose(data.select(kept), loss, settings.seed(), workers);
        progress.checkCancelled();
        Objective everything = new Objective(data, loss, choice.ridge());
        Trainer trainer = Trainer.automatic(everything) instanceof NewtonTrainer
                ? new NewtonTrainer()
                : new TrustRegionNewtonTrainer(WIDE_GRADIENT_NORM);
        Fit start = trainer.fit(everything, choice.fit().model().theta(), workers);
        progress.phase("score the rows", 0);
        RowScores scores = new RowScorer(data, loss, Folds.of(data, 2, settings.seed()), workers)
                .scores(start, choice.fit(), removedAt, null, result.outOfFoldProbability());
        List<String> all = new ArrayList<>(explanation);
        all.addAll(result.explanation());
        all.add("purified model: " + choice.reason());
        List<TrajectoryPoint> trajectory = trajectory(result, start, choice.fit(), watched, workers);
        return new Purification(
                data,
                CriterionKind.OUT_OF_FOLD,
                all,
                choice.fit(),
                trajectory,
                trajectory.size() - 1,
                removedAt,
                scores,
                RowScores.OUT_OF_FOLD_PROBABILITY,
                result.wrongShare());
    }

    /** All rows first, then every round; fits were made, and V computed, for the first and the last only. */
    private static List<TrajectoryPoint> trajectory(
            Result result, Fit start, Fit purified, @Nullable Dataset watched, Workers workers) {
        List<LabelNoise> rounds = result.rounds();
        int[] removedAt = result.removedAt();
        double[] trust = result.trust();
        List<TrajectoryPoint> trajectory = new ArrayList<>();
        int size = removedAt.length;
        for (int round = 0; round <= rounds.size(); round++) {
            int number = round;
            int[] removed = round == 0
                    ? new int[0]
                    : IntStream.range(0, removedAt.length)
                            .filter(i -> removedAt[i] == number)
                            .boxed()
                            .sorted(Comparator.comparingDouble((Integer i) -> trust[i])
                                    .thenComparingInt(i -> i))
                            .mapToInt(Integer::intValue)
                            .toArray();
            size -= removed.length;
            @Nullable Fit fit = round == 0 ? start : round == rounds.size() ? purified : null;
            trajectory.add(new TrajectoryPoint(
                    round,
                    size,
                    fit == null ? Double.NaN : potential(fit, workers),
                    fit == null ? Double.NaN : trainingLoss(fit, workers),
                    Double.NaN,
                    round == 0 ? Double.NaN : rounds.get(round - 1).logLikelihood(),
                    round == 0 ? Double.NaN : rounds.get(round - 1).share(),
                    removed,
                    Arrays.stream(removed).mapToDouble(i -> 1 - trust[i]).toArray(),
                    fit == null || watched == null ? Double.NaN : RemovalLoop.accuracy(fit.model(), watched, workers)));
        }
        return trajectory;
    }

    private static double potential(Fit fit, Workers workers) {
        if (fit.objective().parameters() > POTENTIAL_PARAMETERS) {
            return Double.NaN;
        }
        return Potential.of(fit.objective().at(fit.model().theta(), workers), workers)
                .variance();
    }

    private static double trainingLoss(Fit fit, Workers workers) {
        Dataset data = fit.objective().data();
        double[] losses = fit.objective().at(fit.model().theta(), workers).losses();
        return Dense.dot(losses, data.weights()) / data.totalWeight();
    }

    /** As many parts as asked for, but not more than the data can fill. */
    private static int parts(Dataset data, int asked) {
        int size = data.size();
        if (data.targets() instanceof ClassTargets targets) {
            int[] counts = new int[targets.classes()];
            for (int code : targets.codes()) {
                counts[code]++;
            }
            int largest = Arrays.stream(counts).max().orElse(0);
            return Math.max(2, Math.min(asked, Math.min(largest, size)));
        }
        return Math.max(2, Math.min(asked, size));
    }

    /** For each example that is out in the end, the round from which on it was never trusted again; rounds count from 1. */
    private static int[] removedAt(List<LabelNoise> rounds) {
        int n = rounds.get(0).trust().length;
        return IntStream.range(0, n)
                .map(i -> {
                    int round = rounds.size();
                    while (round > 0 && rounds.get(round - 1).trust()[i] < LEAST_TRUST) {
                        round--;
                    }
                    return round == rounds.size() ? 0 : round + 1;
                })
                .toArray();
    }
}
