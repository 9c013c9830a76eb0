package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.Expert;
import dev.assay.learn.FeatureMap;
import dev.assay.learn.IdentityMap;
import dev.assay.learn.LinearExpert;
import dev.assay.learn.PrincipalMap;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.MixtureFitter;
import dev.assay.mixture.MixtureSearch;
import dev.assay.mixture.MixtureState;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.EnoughRows;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes a data set apart: how many blocks, which row belongs where, and which labels nothing explains. See docs/method.md,
 * "Dividing".
 */
public final class Divider {
    /** What one Newton step of the search may cost, n p^2 C; fewer rows are looked at where it would cost more. */
    private static final double STEP_WORK = 1.25e8;

    private static final int SMALLEST_SEARCH = 1000;
    private static final int LARGEST_SEARCH = 2000;
    /** Parameters of the experts of the search, about. */
    private static final int SEARCH_PARAMETERS = 250;

    private static final int FEWEST_DIRECTIONS = 16;
    private static final int MOST_DIRECTIONS = 64;
    /** Cross-fitted rounds with all rows, where the search saw a sample. */
    private static final int ROUNDS_WITH_ALL = 2;

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
        return DivisionBuilder.build(
                judgement.data(),
                judgement.verdict(),
                judgement.responsibilities(),
                judgement.unexplained(),
                judgement.labels(),
                judgement.candidates(),
                judgement.explanation(),
                settings.seed(),
                progress,
                workers);
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
     * The same where the ridge of the experts that judge the labels is given.
     *
     * @param ridge of linear experts, or null to choose view and ridge
     */
    public static Judgement judge(
            Dataset data, @Nullable Double ridge, DivideSettings settings, Workers workers, Progress progress) {
        String missing = EnoughRows.missing(data);
        if (missing != null) {
            return Judgement.tooFew(data, missing);
        }
        WrongLabels labels = WrongLabels.of(data, ridge, settings.learners(), settings.seed(), workers, progress);
        ContentOrder order = ContentOrder.of(data, workers);
        FeatureMap map = searchMap(data, workers);
        int logits = Math.max(1, Loss.forTargets(data.targets()).outputCount() - 1);
        double parameters = (double) logits * map.outputDimension();
        double rowWork = parameters * parameters * (logits + 1);
        int size = (int) Math.max(SMALLEST_SEARCH, Math.min(LARGEST_SEARCH, STEP_WORK / rowWork));
        // of the rows by which the labels were judged, so that all explanations can be compared on the same ones
        int[] judged = labels.evidence().rows();
        int[] sample = IntStream.of(order.select(judged).sample(size, settings.seed()))
                .map(k -> judged[k])
                .toArray();
        Dataset sampled = sample.length == data.size() ? data : data.select(sample);
        ContentOrder sampledOrder = sample.length == data.size() ? order : order.select(sample);
        Dataset seen = see(sampled, map, workers);
        int[] rows = IntStream.range(0, sampled.size()).toArray();
        List<Hypothesis> hypotheses = new ArrayList<>();
        hypotheses.add(oneBlock(labels, sample, false));
        hypotheses.add(oneBlock(labels, sample, true));
        double rival = hypotheses.stream()
                .mapToDouble(one -> one.evidence(sampled.weights()))
                .max()
                .orElseThrow();
        MixtureSearch.Result search = MixtureSearch.search(
                seen, sampledOrder, settings.maxBlocks(), rival, settings.seed(), progress, workers);
        for (MixtureSearch.Found found : search.found()) {
            hypotheses.add(new Hypothesis(
                    found.blocks(),
                    found.solution().unexplained(),
                    "linear",
                    found.solution().state().isGated() ? "features" : "constant",
                    rows,
                    found.logLikelihoods()));
        }
        BlockChoice choice = BlockChoice.among(hypotheses, labels.noisy(), sampled.weights());
        List<String> explanation = new ArrayList<>(choice.reasons());
        explanation.add(String.format(
                Locale.ROOT,
                "%d starts of mixtures, %d of them dropped as poor optima%s",
                search.starts(),
                search.dropped(),
                sample.length < data.size() ? "; looked for in a sample of " + sample.length + " rows" : ""));
        explanation.addAll(labels.explanation());
        Hypothesis chosen = choice.chosen();
        if (chosen.blocks() == 1) {
            return new Judgement(
                    data,
                    labels.noisy() ? Verdict.NOISY : Verdict.HOMOGENEOUS,
                    labels,
                    Judgement.oneBlock(labels),
                    labels.noisy(),
                    choice.candidates(),
                    explanation);
        }
        MixtureSearch.Found found = found(search, chosen);
        if (found == null) {
            throw new IllegalStateException("several blocks that nobody searched for");
        }
        return new Judgement(
                data,
                Verdict.MIXED,
                labels,
                responsibilities(data, map, sample, order, found, settings.seed(), progress, workers),
                chosen.unexplained(),
                choice.candidates(),
                explanation);
    }

    /** One function with wrong labels or without, judged on the rows of the sample. */
    private static Hypothesis oneBlock(WrongLabels labels, int[] sample, boolean noisy) {
        WrongLabels.Evidence evidence = labels.evidence();
        double[] all = noisy ? evidence.noisy() : evidence.plain();
        double[] own = IntStream.of(sample)
                .mapToDouble(row -> all[Arrays.binarySearch(evidence.rows(), row)])
                .toArray();
        return new Hypothesis(
                1,
                noisy,
                noisy ? evidence.view() : evidence.plainView(),
                "constant",
                IntStream.range(0, sample.length).toArray(),
                own);
    }

    /** The mixture behind a hypothesis, null if it is not one of the search. */
    private static MixtureSearch.@Nullable Found found(MixtureSearch.Result search, Hypothesis chosen) {
        return search.found().stream()
                .filter(one -> one.logLikelihoods() == chosen.logLikelihoods())
                .findFirst()
                .orElse(null);
    }

    /** Fewer directions than experts use in the end: the search only has to tell blocks apart. */
    private static FeatureMap searchMap(Dataset data, Workers workers) {
        int logits = Math.max(1, Loss.forTargets(data.targets()).outputCount() - 1);
        int directions = Math.max(FEWEST_DIRECTIONS, Math.min(MOST_DIRECTIONS, SEARCH_PARAMETERS / logits));
        if (data.dimension() <= MOST_DIRECTIONS) {
            return new IdentityMap(data.dimension());
        }
        Matrix x = data.features();
        int[] rows = ContentOrder.of(data, workers).sample(LARGEST_SEARCH, 0);
        return PrincipalMap.of(rows.length == data.size() ? x : x.selectRows(rows), directions, workers);
    }

    private static Dataset see(Dataset data, FeatureMap map, Workers workers) {
        if (map instanceof IdentityMap) {
            return data;
        }
        List<String> names = IntStream.range(0, map.outputDimension())
                .mapToObj(j -> "direction" + j)
                .toList();
        return data.withFeatures(map.apply(data.features(), workers), names);
    }

    /** Those of the search, and where it saw a sample of the rows, rounds with all of them. */
    private static Matrix responsibilities(
            Dataset data,
            FeatureMap map,
            int[] sample,
            ContentOrder order,
            MixtureSearch.Found found,
            long seed,
            Progress progress,
            Workers workers) {
        MixtureState state = found.solution().state();
        if (sample.length == data.size()) {
            return state.responsibilities();
        }
        progress.phase("all rows", 0);
        Dataset seen = see(data, map, workers);
        MixtureState finished =
                MixtureFitter.of(seen.select(sample), order.select(sample), progress).finish(state, workers);
        // a prior's strength is in rows: with more rows it counts for less by itself
        return MixtureFitter.of(seen, order, progress)
                .crossFitted(
                        finished.on(seen, workers),
                        ROUNDS_WITH_ALL,
                        1,
                        state.mixture().unexplained(),
                        seed,
                        workers)
                .responsibilities();
    }
}
