package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.SamplingUnits;
import dev.assay.learn.Learner;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.LearnedMixture;
import dev.assay.mixture.LearnedMixtureSearch;
import dev.assay.mixture.MixtureSearch;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.MinimumSampleSize;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a data set apart: how many blocks, which row belongs where, and which labels nothing explains. See docs/method.md,
 * "Dividing".
 */
public final class Divider {
    /** In standard errors. */
    private static final double CLEARLY_BEHIND = 2;

    private Divider() {}

    /**
     * Divides: judges, and trains the experts of the blocks.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Division divide(Dataset data, DivideSettings settings, Workers workers, Progress progress) {
        if (settings.method() == DivideSettings.Method.PURIFY) {
            return RepeatedPurification.divide(data, settings, workers, progress);
        }
        return divide(judge(data, settings, workers, progress), settings, workers, progress);
    }

    /** Trains the experts of the blocks that were found. */
    public static Division divide(Judgement judgement, DivideSettings settings, Workers workers, Progress progress) {
        return DivisionBuilder.build(judgement, settings, progress, workers);
    }

    /**
     * Judges what the data is made of: one function, one function and wrong labels, or several.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Judgement judge(Dataset data, DivideSettings settings, Workers workers, Progress progress) {
        return judge(data, null, settings, workers, progress);
    }

    /**
     * The same by what a model of the user's own says of each label: one function, with wrong labels or without. Whether there are several
     * its probabilities cannot tell, and nothing else is trained.
     *
     * @param given probabilities of the rows, by a model that did not learn from them
     */
    public static Judgement judge(
            Dataset data, GivenProbabilities given, long seed, Workers workers, Progress progress) {
        String missing = MinimumSampleSize.missing(data);
        if (missing != null) {
            return Judgement.tooFew(data, missing);
        }
        WrongLabels labels = WrongLabels.of(data, given, seed, workers, progress);
        int[] rows = labels.evidence().rows();
        BlockChoice choice = BlockChoice.among(
                List.of(
                        Hypothesis.ofOneBlock(labels.evidence(), rows, false),
                        Hypothesis.ofOneBlock(labels.evidence(), rows, true)),
                labels.noisy(),
                new SamplingUnits(
                        IntStream.of(rows)
                                .mapToDouble(row -> data.weights()[row])
                                .toArray(),
                        data.groups(rows)),
                false);
        return Judgement.oneBlock(data, labels, choice.candidates(), labels.explanation());
    }

    /**
     * The same where the ridge of the experts that judge the labels is given.
     *
     * @param ridge of linear experts, or null to choose view and ridge
     */
    public static Judgement judge(
            Dataset data, @Nullable Double ridge, DivideSettings settings, Workers workers, Progress progress) {
        String missing = MinimumSampleSize.missing(data);
        if (missing != null) {
            return Judgement.tooFew(data, missing);
        }
        WrongLabels labels = WrongLabels.of(data, ridge, settings.learners(), settings.seed(), workers, progress);
        // of the rows by which the labels were judged, so that all explanations can be compared on the same ones
        SearchSample sample = SearchSample.of(data, labels.evidence().rows(), settings.seed(), workers);
        double[] weights = sample.data().weights();
        List<Hypothesis> hypotheses = new ArrayList<>();
        hypotheses.add(Hypothesis.ofOneBlock(labels.evidence(), sample.rows(), false));
        hypotheses.add(Hypothesis.ofOneBlock(labels.evidence(), sample.rows(), true));
        double rival = hypotheses.stream()
                .mapToDouble(one -> one.evidence(weights))
                .max()
                .orElseThrow();
        MixtureSearch.Result search = sample.search(settings.maxBlocks(), rival, settings.seed(), progress, workers);
        search.found()
                .forEach(found -> hypotheses.add(Hypothesis.of(
                        found, () -> sample.responsibilities(found.state(), settings.seed(), progress, workers))));
        List<String> bent = new ArrayList<>();
        for (Learner learner : bending(settings, labels.evidence())) {
            LearnedMixtureSearch.Result result = sample.search(
                    learner,
                    hypotheses.stream().map(Hypothesis::logLikelihoods).toList(),
                    settings.seed(),
                    progress,
                    workers);
            LearnedMixture state = result.state();
            if (state != null) {
                hypotheses.add(new Hypothesis(
                        state.blocks(),
                        false,
                        learner.name(),
                        "constant",
                        result.logLikelihoods(),
                        () -> sample.responsibilities(state, learner, settings.seed(), progress, workers)));
            }
            if (!result.remark().isEmpty()) {
                bent.add(result.remark());
            }
        }
        BlockChoice choice =
                BlockChoice.among(hypotheses, labels.noisy(), sample.data().samplingUnits(), data.hasManyRows());
        List<String> explanation = new ArrayList<>(choice.reasons());
        explanation.add(String.format(
                Locale.ROOT,
                "%d starts of mixtures, %d of them dropped as poor optima%s",
                search.starts(),
                search.dropped(),
                sample.isWhole() ? "" : "; looked for in a sample of " + sample.searched().length + " rows"));
        explanation.addAll(bent);
        explanation.addAll(labels.explanation());
        Supplier<Matrix> mixture = choice.chosen().responsibilities();
        return mixture == null || choice.chosen().blocks() == 1
                ? Judgement.oneBlock(data, labels, choice.candidates(), explanation)
                : new Judgement(
                        data,
                        Verdict.MIXED,
                        labels,
                        mixture.get(),
                        choice.chosen().unexplained(),
                        choice.candidates(),
                        explanation);
    }

    /** Learners whose experts are, up to chance, what explains one block best; elsewhere mixtures of them have nothing to win. */
    private static List<Learner> bending(DivideSettings settings, WrongLabels.Evidence evidence) {
        return settings.learners().further().stream()
                .filter(learner -> settings.maxBlocks() > 1)
                .filter(learner -> {
                    String name = learner.judging().name();
                    return name.equals(evidence.plainView())
                            || name.equals(evidence.view())
                            || evidence.rivals().stream()
                                    .anyMatch(rival -> rival.name().equals(name)
                                            && !rival.gain().isBetter(CLEARLY_BEHIND, 0));
                })
                .toList();
    }
}
