package dev.assay.bench;

import dev.assay.bench.rival.BoostedTrees;
import dev.assay.bench.rival.ConfidentLearning;
import dev.assay.bench.rival.Learner;
import dev.assay.bench.rival.SoftmaxRegression;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.judge.Purifier;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RowScores;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A way to say which labels are wrong.
 *
 * @param name how the table calls it, and the command line chooses it
 * @param finder what it does
 */
record NoiseMethod(String name, Finder finder) {
    /** Says which labels are wrong. */
    @FunctionalInterface
    interface Finder {
        /**
         * Looks at the training rows; only a yardstick looks at which of them are wrong.
         *
         * @param seed of everything random
         */
        Finding find(NoiseCase.Draw draw, long seed, Workers workers);
    }

    /**
     * What was found.
     *
     * @param kept the rows whose labels are believed
     * @param suspicion of each row; higher = more suspicious; empty for yardsticks, which rank nothing
     * @param verdict on the whole, empty for methods that give none
     * @param wrongShare estimated share of wrong labels, NaN for methods that give none
     */
    record Finding(boolean[] kept, double[] suspicion, String verdict, double wrongShare) {}

    /**
     * All rows and the rightly labelled ones, for comparison; Assay; and its rivals.
     *
     * @param learners whose experts judge the labels for Assay
     */
    static List<NoiseMethod> all(LearnerSet learners) {
        return List.of(
                new NoiseMethod("all", (draw, seed, workers) -> {
                    boolean[] kept = new boolean[draw.wrong().length];
                    Arrays.fill(kept, true);
                    return yardstick(kept);
                }),
                new NoiseMethod("right", (draw, seed, workers) -> yardstick(inverted(draw.wrong()))),
                new NoiseMethod("assay-purify", (draw, seed, workers) -> purify(draw, learners, seed, workers)),
                new NoiseMethod("assay-divide", (draw, seed, workers) -> divide(draw, learners, seed, workers)),
                confident(new SoftmaxRegression()),
                confident(new BoostedTrees()));
    }

    private static Finding yardstick(boolean[] kept) {
        return new Finding(kept, new double[0], "", Double.NaN);
    }

    private static Finding purify(NoiseCase.Draw draw, LearnerSet learners, long seed, Workers workers) {
        Purification found = Purifier.purify(
                draw.training(),
                null,
                PurifySettings.AUTOMATIC.withLearners(learners).withSeed(seed),
                new PurifyJournal(),
                workers,
                Progress.NONE);
        boolean[] removed = new boolean[draw.wrong().length];
        IntStream.of(found.removed()).forEach(i -> removed[i] = true);
        double[] score = found.scores().column(found.recommendedScore());
        return new Finding(
                inverted(removed),
                RowScores.isLowSuspicious(found.recommendedScore()) ? negated(score) : score,
                "",
                Double.NaN);
    }

    /** The rows of block 0 are the removed ones. */
    private static Finding divide(NoiseCase.Draw draw, LearnerSet learners, long seed, Workers workers) {
        Division found = Divider.divide(
                draw.training(),
                DivideSettings.AUTOMATIC.withLearners(learners).withSeed(seed),
                workers,
                Progress.NONE);
        boolean[] kept = new boolean[draw.wrong().length];
        IntStream.range(0, kept.length).forEach(i -> kept[i] = found.assigned()[i] > 0);
        return new Finding(
                kept,
                negated(found.outOfFoldProbability()),
                found.verdict().name().toLowerCase(Locale.ROOT),
                found.unexplainedShare());
    }

    private static NoiseMethod confident(Learner learner) {
        ConfidentLearning method = new ConfidentLearning(learner);
        return new NoiseMethod(method.name(), (draw, seed, workers) -> {
            ConfidentLearning.Opinion opinion = method.opinion(draw.training(), seed, workers);
            return new Finding(opinion.kept(), negated(opinion.selfConfidence()), "", Double.NaN);
        });
    }

    private static boolean[] inverted(boolean[] values) {
        boolean[] result = new boolean[values.length];
        IntStream.range(0, result.length).forEach(i -> result[i] = !values[i]);
        return result;
    }

    private static double[] negated(double[] values) {
        return DoubleStream.of(values).map(value -> -value).toArray();
    }
}
