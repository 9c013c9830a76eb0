package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.SamplingUnits;
import dev.assay.learn.ExpertRival;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.learn.PairedGain;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which experts judge the labels: those that say most of labels they never saw, wrong ones allowed for.
 *
 * @param sample the rows by which they were chosen
 * @param tried all of them
 * @param best with labels that may be wrong
 * @param plain the best with all labels taken for right
 * @param experts as good as the best, up to chance, the best first
 */
record ExpertChoice(
        OutOfFoldRows sample, List<ExpertTrial> tried, ExpertTrial best, ExpertTrial plain, List<ExpertTrial> experts) {
    private static final int ROWS = 2500;
    /** The same where there are many classes, times their number. */
    private static final int ANSWERS = 20_000;

    private static final int FEWEST_ROWS = 1000;
    /** The same of data that has many rows: what a few thousand leave open, as two rules that are much alike, these may tell. */
    private static final int MORE_ROWS = 20_000;

    private static final int MORE_ANSWERS = 40_000;
    /** Fewer rows than this say nothing about a bent expert. */
    static final int RADIAL_SMALLEST = 50;

    private static final int EXPERTS = 3;

    /**
     * Tries and chooses.
     *
     * @param ridge of linear experts, the only ones then; null to try what the learners offer
     */
    static ExpertChoice of(
            Dataset data,
            ContentOrder order,
            @Nullable Double ridge,
            LearnerSet learners,
            long seed,
            Progress progress,
            Workers workers) {
        boolean many = data.hasManyRows();
        int most = many ? MORE_ROWS : ROWS;
        int rows = Math.max(FEWEST_ROWS, Math.min(most, (many ? MORE_ANSWERS : ANSWERS) / LinearExperts.outputs(data)));
        OutOfFoldRows sample = OutOfFoldRows.sample(data, order, rows, seed);
        progress.phase("experts that know of wrong labels", 0);
        List<ExpertTrial> tried = new ArrayList<>();
        boolean enough = sample.size() >= RADIAL_SMALLEST;
        if (ridge != null || learners.linear() || (learners.radial() && !enough)) {
            PrincipalView linear = PrincipalView.linear(data, order, seed, workers);
            PrincipalView straight = ridge == null ? linear : linear.with(List.of(ridge));
            tried.addAll(LinearExperts.tried(straight, sample, progress, workers));
        }
        if (ridge == null && learners.radial() && enough) {
            tried.addAll(radial(data, order, sample, seed, progress, workers));
        }
        double[] weights = sample.data().weights();
        if (ridge == null) {
            for (Learner learner : learners.further()) {
                ExpertTrial ahead = tried.isEmpty() ? null : ExpertTrial.plainest(tried, weights);
                tried.add(LearnerExperts.tried(learner.judging(), sample, ahead, seed, progress, workers));
            }
        }
        ExpertTrial best = ExpertTrial.highest(tried, weights);
        ExpertTrial plain = ExpertTrial.plainest(tried, weights);
        return new ExpertChoice(
                sample, tried, best, plain, alike(tried, best, sample.data().samplingUnits()));
    }

    /** Three widths: two, and one beyond the better of them. */
    private static List<ExpertTrial> radial(
            Dataset data, ContentOrder order, OutOfFoldRows sample, long seed, Progress progress, Workers workers) {
        double[] weights = sample.data().weights();
        List<List<ExpertTrial>> paths = new ArrayList<>();
        for (double width : new double[] {1, 0.3}) {
            PrincipalView view = PrincipalView.radial(data, order, width, seed, workers);
            paths.add(LinearExperts.tried(view, sample, progress, workers));
        }
        boolean narrower = ExpertTrial.highest(paths.get(1), weights).evidence(weights)
                > ExpertTrial.highest(paths.get(0), weights).evidence(weights);
        PrincipalView beyond = PrincipalView.radial(data, order, narrower ? 0.1 : 3, seed, workers);
        paths.add(LinearExperts.tried(beyond, sample, progress, workers));
        return paths.stream().flatMap(List::stream).toList();
    }

    /**
     * Experts that are as good as the best, up to chance, the best first, at most one of each name: of a view the smallest ridge within a
     * standard error of its best, as under a large ridge an expert is timid and explains wrong labels nearly as well as right ones.
     */
    private static List<ExpertTrial> alike(List<ExpertTrial> tried, ExpertTrial best, SamplingUnits units) {
        double[] weights = units.weights();
        List<ExpertTrial> result = new ArrayList<>();
        for (List<ExpertTrial> own : byName(tried).values()) {
            ExpertTrial highest = ExpertTrial.highest(own, weights);
            if (!isAlike(highest, best, units)) {
                continue;
            }
            ExpertTrial chosen = highest;
            for (ExpertTrial one : own) {
                if (one.experts().ridge() < chosen.experts().ridge()
                        && isAlike(one, highest, units)
                        && isAlike(one, best, units)) {
                    chosen = one;
                }
            }
            result.add(chosen);
        }
        result.sort(Comparator.comparingDouble((ExpertTrial one) -> -one.evidence(weights)));
        return result.subList(0, Math.min(EXPERTS, result.size()));
    }

    private static boolean isAlike(ExpertTrial first, ExpertTrial second, SamplingUnits units) {
        return PairedGain.aboutZero(
                        first.noise().logLikelihoods(), second.noise().logLikelihoods(), units)
                .isAlike();
    }

    /** What is gained by allowing for wrong labels. */
    PairedGain gain() {
        return PairedGain.aboutZero(
                best.noise().logLikelihoods(), plain.plain(), sample.data().samplingUnits());
    }

    WrongLabels.Evidence evidence() {
        return new WrongLabels.Evidence(
                plain.experts().name(),
                best.experts().name(),
                sample.rows(),
                plain.plain(),
                best.noise().logLikelihoods(),
                rivals());
    }

    /** Of each other kind the best that was tried. */
    private List<ExpertRival> rivals() {
        double[] weights = sample.data().weights();
        List<ExpertRival> result = new ArrayList<>();
        byName(tried).forEach((name, own) -> {
            if (!name.equals(best.experts().name())) {
                result.add(new ExpertRival(
                        name,
                        PairedGain.aboutZero(
                                best.noise().logLikelihoods(),
                                ExpertTrial.highest(own, weights).noise().logLikelihoods(),
                                sample.data().samplingUnits())));
            }
        });
        return result;
    }

    private static Map<String, List<ExpertTrial>> byName(List<ExpertTrial> tried) {
        Map<String, List<ExpertTrial>> result = new LinkedHashMap<>();
        for (ExpertTrial one : tried) {
            result.computeIfAbsent(one.experts().name(), name -> new ArrayList<>())
                    .add(one);
        }
        return result;
    }

    List<String> inWords() {
        Dataset data = sample.data();
        PairedGain gain = gain();
        List<String> words = new ArrayList<>(List.of(
                String.format(
                        Locale.ROOT,
                        "labels judged by %s: of %d experts the ones that say most of labels they never saw (%.4f nats"
                                + " per row)",
                        String.join(
                                " and ",
                                experts.stream()
                                        .map(one -> one.experts().inWords())
                                        .toList()),
                        tried.size(),
                        best.evidence(data.weights()) / data.totalWeight()),
                String.format(
                        Locale.ROOT,
                        "experts that allow for wrong labels against experts that do not: %+.1f nats (standard error"
                                + " %.1f) on %d rows",
                        gain.difference(),
                        gain.standardError(),
                        sample.size())));
        for (ExpertRival rival : rivals()) {
            words.add(String.format(
                    Locale.ROOT,
                    "%s against %s experts: %+.1f nats (standard error %.1f) on labels that they never saw",
                    best.experts().name(),
                    rival.name(),
                    rival.gain().difference(),
                    rival.gain().standardError()));
        }
        return words;
    }
}
