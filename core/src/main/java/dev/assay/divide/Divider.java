package dev.assay.divide;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Expert;
import dev.assay.model.FeatureMap;
import dev.assay.model.IdentityMap;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.PrincipalMap;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.UnexplainedLabels;
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
    /** A share of unexplained labels below this is nothing. */
    private static final double SMALLEST_SHARE = 0.01;

    /** Nats that a first look must promise for unexplained labels to be looked for. */
    private static final double HINT = 2;

    private static final double TINY = 1e-12;

    private Divider() {}

    /**
     * Divides.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Division divide(Dataset data, DivideSettings settings, Workers workers, Progress progress) {
        if (settings.method() == DivideSettings.Method.PURIFY) {
            return RepeatedPurification.divide(data, settings, workers, progress);
        }
        ContentOrder order = ContentOrder.of(data, workers);
        FeatureMap map = searchMap(data, workers);
        int logits = Math.max(1, Loss.forTargets(data.targets()).outputCount() - 1);
        double parameters = (double) logits * map.outputDimension();
        double rowWork = parameters * parameters * (logits + 1);
        int size = (int) Math.max(SMALLEST_SEARCH, Math.min(LARGEST_SEARCH, STEP_WORK / rowWork));
        int[] sample = order.sample(size, settings.seed());
        Dataset sampled = sample.length == data.size() ? data : data.select(sample);
        ContentOrder sampledOrder = sample.length == data.size() ? order : order.select(sample);
        Dataset seen = see(sampled, map, workers);
        progress.phase("one expert for all", 0);
        TrainedExpert single = ExpertTrainer.automatic(settings.seed()).train(sampled, sampled.weights(), workers);
        int[] rows = IntStream.range(0, sampled.size()).toArray();
        Hypothesis bent =
                new Hypothesis(1, false, single.expert().map().name(), "constant", rows, single.logLikelihoods(), 0);
        MixtureSearch.Result search = MixtureSearch.search(
                seen,
                sampledOrder,
                settings.maxBlocks(),
                bent.evidence(sampled.weights()),
                settings.seed(),
                progress,
                workers);
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (MixtureSearch.Found found : search.found()) {
            hypotheses.add(new Hypothesis(
                    found.blocks(),
                    found.solution().unexplained(),
                    "linear",
                    found.solution().state().gate() == null ? "constant" : "features",
                    rows,
                    found.logLikelihoods(),
                    BlockChoice.UNEXPLAINED_ERRORS));
        }
        hypotheses.add(bent);
        PurifySettings purify = PurifySettings.AUTOMATIC.withSeed(settings.seed());
        if (isNoisePossible(hypotheses, single, sampled)) {
            progress.phase("one expert for all, and unexplained labels", 0);
            UnexplainedLabels.Evidence evidence = UnexplainedLabels.evidence(sampled, purify, progress, workers);
            hypotheses.add(new Hypothesis(
                    1,
                    true,
                    evidence.view(),
                    "constant",
                    evidence.rows(),
                    evidence.logLikelihoods(),
                    BlockChoice.CHECKED_ERRORS));
        }

        BlockChoice choice = BlockChoice.among(hypotheses, sampled.weights());
        List<String> explanation = new ArrayList<>(choice.reasons());
        explanation.add(String.format(
                Locale.ROOT,
                "%d starts of mixtures, %d of them dropped as poor optima%s",
                search.starts(),
                search.dropped(),
                sample.length < data.size() ? "; looked for in a sample of " + sample.length + " rows" : ""));
        Hypothesis chosen = choice.chosen();
        Matrix responsibilities;
        Matrix known = null;
        boolean unexplained = chosen.unexplained();
        MixtureSearch.Found found = found(search, chosen);
        if (found != null && chosen.blocks() == 1 && found.solution().state().shares()[0] < SMALLEST_SHARE) {
            unexplained = false;
            responsibilities = everything(data.size());
        } else if (found != null) {
            responsibilities = responsibilities(data, map, sample, order, found, settings.seed(), progress, workers);
        } else if (chosen.unexplained()) {
            progress.phase("judge the labels out of fold", 0);
            UnexplainedLabels labels = UnexplainedLabels.of(data, purify, progress, workers);
            explanation.addAll(labels.explanation());
            unexplained = labels.share() >= SMALLEST_SHARE;
            responsibilities = kept(labels, unexplained);
            known = unexplained ? trusted(labels) : null;
        } else {
            responsibilities = everything(data.size());
        }
        Verdict verdict = chosen.blocks() > 1 ? Verdict.MIXED : unexplained ? Verdict.NOISY : Verdict.HOMOGENEOUS;
        return DivisionBuilder.build(
                data,
                verdict,
                responsibilities,
                unexplained,
                known,
                sample.length == data.size() ? single : null,
                choice.candidates(),
                explanation,
                settings.seed(),
                progress,
                workers);
    }

    /** Whether a first look, at next to no cost, leaves room for labels that nothing explains. */
    private static boolean isNoisePossible(List<Hypothesis> hypotheses, TrainedExpert single, Dataset data) {
        double gain = UnexplainedLabels.gain(single.answers(), data.targets(), data.weights());
        double[] evidence = new double[2];
        Arrays.fill(evidence, Double.NEGATIVE_INFINITY);
        for (Hypothesis one : hypotheses) {
            if (one.blocks() == 1) {
                int kind = one.unexplained() ? 1 : 0;
                evidence[kind] = Math.max(evidence[kind], one.evidence(data.weights()));
            }
        }
        return gain > HINT || (evidence[1] - evidence[0]) * data.totalWeight() > HINT;
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

    private static Matrix everything(int n) {
        Matrix result = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            result.set(i, 1, 1);
        }
        return result;
    }

    /** Block 0 is what is not trusted. */
    private static Matrix trusted(UnexplainedLabels labels) {
        int n = labels.trust().length;
        Matrix result = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            result.set(i, 0, 1 - labels.trust()[i]);
            result.set(i, 1, labels.trust()[i]);
        }
        return result;
    }

    /** The rows that purification keeps, whole; nothing of the others. */
    private static Matrix kept(UnexplainedLabels labels, boolean unexplained) {
        int n = labels.trust().length;
        Matrix result = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            double trust = !unexplained || labels.kept()[i] ? 1 : 0;
            result.set(i, 0, 1 - trust);
            result.set(i, 1, trust);
        }
        return result;
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
        MixtureFitter sampleFitter = MixtureFitter.of(seen.select(sample), order.select(sample), progress);
        MixtureFitter fitter = MixtureFitter.of(seen, order, progress);
        int k = state.blocks();
        Matrix responsibilities = new Matrix(data.size(), k + 1);
        List<@Nullable LinearModel> models = new ArrayList<>();
        List<double[]> logLikelihoods = new ArrayList<>();
        for (int b = 0; b < k; b++) {
            LinearModel model = sampleFitter.finish(state, b, workers);
            models.add(model);
            Matrix answers = Expert.answers(model, state.scales()[b], seen.features(), workers);
            logLikelihoods.add(Expert.logLikelihoods(answers, data.targets(), state.deviations()[b]));
        }
        double[] joint = new double[k + 1];
        MixtureState.Shares shares = state.gate();
        Matrix gate = shares == null ? null : shares.gate().logShares(seen.features(), workers);
        for (int i = 0; i < data.size(); i++) {
            joint[0] = state.shares()[0] > 0
                    ? Math.log(state.shares()[0]) + fitter.unexplained(i, state.labelShares())
                    : Double.NEGATIVE_INFINITY;
            for (int b = 1; b <= k; b++) {
                joint[b] = logLikelihoods.get(b - 1)[i]
                        + (gate == null
                                ? Math.log(state.shares()[b] + TINY)
                                : Math.log1p(-state.shares()[0] + TINY) + gate.get(i, b - 1));
            }
            double norm = MixtureFitter.logSum(joint, 1);
            for (int b = 0; b <= k; b++) {
                responsibilities.set(i, b, Math.exp(joint[b] - norm));
            }
        }
        // a prior's strength is in rows: with more rows it counts for less by itself
        MixtureState whole = new MixtureState(
                responsibilities,
                models,
                state.scales(),
                state.deviations(),
                state.strengths(),
                state.shares(),
                state.labelShares(),
                new double[data.size()],
                new Matrix(data.size(), k),
                shares == null || gate == null ? null : new MixtureState.Shares(shares.gate(), gate));
        return fitter.crossFitted(whole, ROUNDS_WITH_ALL, 1, state.shares()[0] > 0, seed, workers)
                .responsibilities();
    }
}
