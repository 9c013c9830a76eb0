package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
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

    /** Of more rows a sample is separated, and the others are judged by its expert. */
    private static final int LARGEST_SEPARATION = 20_000;

    /** Radial experts are tried up to so many examples times logits. */
    private static final int RADIAL_WORK = 20_000;

    private static final int RADIAL_SIZE = 10_000;
    /** Fewer examples than this say nothing about a bent expert. */
    private static final int RADIAL_SMALLEST = 50;
    /** Parameters of a radial expert at the most. */
    private static final int RADIAL_PARAMETERS = 2500;

    private static final int RADIAL_DIRECTIONS = 300;

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
        ContentOrder order = ContentOrder.of(data, workers);
        if (data.size() <= LARGEST_SEPARATION) {
            return separateAll(data, order, settings, progress, workers).result();
        }
        return separateBySample(data, order, settings, progress, workers);
    }

    /**
     * A result with what it takes to judge other rows.
     *
     * @param separation its last separation
     * @param crossFit how its last experts were trained
     */
    private record Whole(Result result, Separation separation, CrossFit crossFit) {}

    /** The expert that the settings ask for, or the one that labels which had no part in it prefer. */
    static ExpertChoice choose(
            Dataset data, ContentOrder order, PurifySettings settings, Progress progress, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        InputView linear = InputView.linear(data, workers);
        Double given = settings.ridge();
        if (given != null) {
            return ExpertChoice.given(linear, given);
        }
        List<InputView> views = new ArrayList<>(List.of(linear));
        if (data.size() >= RADIAL_SMALLEST
                && data.size() <= RADIAL_SIZE
                && (long) data.size() * loss.logits() <= RADIAL_WORK) {
            int directions = Math.min(RADIAL_DIRECTIONS, RADIAL_PARAMETERS / loss.logits());
            views.add(InputView.radial(data, order, directions, settings.seed(), workers));
        }
        return ExpertChoice.choose(data, views, order, loss, settings.seed(), progress, workers);
    }

    private static Whole separateAll(
            Dataset data, ContentOrder order, PurifySettings settings, Progress progress, Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        ExpertChoice choice = choose(data, order, settings, progress, workers);
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
        CrossFit crossFit =
                new CrossFit(loss, choice.ridges().get(choice.ridges().size() - 1), GRADIENT_NORM);
        Separation.Schedule schedule = Separation.Schedule.atTheEnd(parts);
        Separation separation =
                Separation.run(seen, order, crossFit, schedule, state, settings.seed(), progress, workers);
        rounds.addAll(separation.rounds());
        LabelNoise noise = separation.noise();
        rounds.add(noise);
        Result result = new Result(
                removedAt(rounds),
                Arrays.stream(noise.logDensity()).map(Math::exp).toArray(),
                noise.trust(),
                rounds,
                List.of(choice.reason(), unexplained(noise)));
        return new Whole(result, separation, crossFit);
    }

    private static String unexplained(LabelNoise noise) {
        return String.format(
                Locale.ROOT,
                "%.1f %% of the labels are not explained by experts that did not see them",
                100 * noise.share());
    }

    /**
     * Separates a stratified sample; the other rows are judged by an expert trained on it, which has seen none of them. So
     * many rows say all that a linear expert can learn about which labels are wrong.
     */
    private static Result separateBySample(
            Dataset data, ContentOrder order, PurifySettings settings, Progress progress, Workers workers) {
        int[] sample = order.sample(LARGEST_SEPARATION, settings.seed());
        Dataset sampled = data.select(sample);
        Whole whole = separateAll(sampled, order.select(sample), settings, progress, workers);
        // in the features themselves: their rotation onto principal directions was made for the sample only
        int[] everything = IntStream.range(0, sample.length).toArray();
        double[] weights = whole.separation().state().trainingWeights();
        LinearModel expert = whole.crossFit()
                .train(sampled, weights, everything, null, workers)
                .model();
        List<LabelNoise> rounds = whole.separation().rounds();
        double scale = rounds.get(rounds.size() - 1).scale();
        Matrix answers = Separation.scaled(Expert.answers(expert, 1, data.features(), workers), data, scale);
        CrossFit.scatter(whole.separation().answers(), sample, answers);
        LabelNoise noise = whole.separation().noise().judge(answers, data.targets(), data.weights());
        return new Result(
                removedAt(List.of(noise)),
                Arrays.stream(noise.logDensity()).map(Math::exp).toArray(),
                noise.trust(),
                List.of(noise),
                List.of(
                        whole.result().explanation().get(0),
                        unexplained(noise) + ", judged from a sample of " + sample.length + " rows"));
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
        Dataset rest = kept.length == data.size() ? data : data.select(kept);
        Double given = settings.ridge();
        RidgePath path = given == null ? RidgePath.standard() : new RidgePath(List.of(given));
        Purified purified = fit(rest, loss, path, given == null, settings.seed(), workers);
        progress.checkCancelled();
        Fit start = kept.length == data.size()
                ? purified.fit()
                : train(
                        new Objective(data, loss, purified.fit().ridge()),
                        purified.fit().model().theta(),
                        workers);
        progress.phase("score the rows", 0);
        // its folds are for probabilities that are already known
        RowScores scores = new RowScorer(data, loss, new Folds(1, new int[data.size()]), workers)
                .scores(start, purified.fit(), removedAt, null, result.outOfFoldProbability());
        List<String> all = new ArrayList<>(explanation);
        all.addAll(result.explanation());
        // the last sentence says why it stopped there
        all.add(all.size() - 1, "purified model: " + purified.reason());
        List<TrajectoryPoint> trajectory = trajectory(result, start, purified.fit(), watched, workers);
        return new Purification(
                data,
                CriterionKind.OUT_OF_FOLD,
                all,
                purified.fit(),
                trajectory,
                trajectory.size() - 1,
                removedAt,
                scores,
                RowScores.OUT_OF_FOLD_PROBABILITY,
                result.wrongShare());
    }

    private record Purified(Fit fit, String reason) {}

    /** The fit with the best ridge of the path, which of many rows is chosen on a sample if it may be. */
    private static Purified fit(Dataset rest, Loss loss, RidgePath path, boolean sampled, long seed, Workers workers) {
        if (!sampled || rest.size() <= LARGEST_SEPARATION) {
            RidgePath.Choice choice = path.choose(rest, loss, seed, workers);
            return new Purified(choice.fit(), choice.reason());
        }
        int[] sample = ContentOrder.of(rest, workers).sample(LARGEST_SEPARATION, seed);
        RidgePath.Choice choice = path.choose(rest.select(sample), loss, seed, workers);
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

    /** All rows first, then every round; fits were made, and V computed, for the first and the last only. */
    private static List<TrajectoryPoint> trajectory(
            Result result, Fit start, Fit purified, @Nullable Dataset watched, Workers workers) {
        List<LabelNoise> rounds = result.rounds();
        int[] removedAt = result.removedAt();
        double[] trust = result.trust();
        List<TrajectoryPoint> trajectory = new ArrayList<>();
        int size = removedAt.length;
        double whole = potential(start, workers);
        boolean allKept = Arrays.stream(removedAt).allMatch(iteration -> iteration == 0);
        double rest = allKept ? whole : potential(purified, workers);
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
                    fit == null ? Double.NaN : round == 0 ? whole : rest,
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
        if (fit.objective().parameters() > RowScorer.INFLUENCE_PARAMETERS) {
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
