package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.SamplingUnits;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experts of blocks: for each block, of the learners that are offered, the one whose experts explain best what they did not see. A linear
 * expert is preferred unless another is better by more than chance: people can read it. Where experts of different learners together
 * explain clearly more than the best of them, they answer together ({@link BlendedExpert}). Where rows are many, a sample says first which
 * learners are worth the time of all of them ({@link LearnerShortlist}).
 */
public final class LearnerChoice {
    /** Blocks of fewer rows may borrow from a common model. */
    private static final double SMALL = 200;
    /** By so many standard errors a blend must be better than the best expert by itself: it costs what all of them cost. */
    private static final double BLEND_ERRORS = 1;
    /** And by so many nats on all rows together: where hardly a label is in doubt, less is nothing. */
    private static final double BLEND_NATS = 3;
    /** The same where that one can be read, in log-likelihood and in right answers. */
    private static final double UNREADABLE_ERRORS = 2;

    private final Dataset data;
    private final LearnerSet learners;
    private final Folds parts;
    private final long seed;
    private final Workers workers;
    private final FeatureView straight;

    private LearnerChoice(Dataset data, LearnerSet learners, long seed, Workers workers) {
        this.data = data;
        this.learners = learners;
        this.parts = Learner.folds(data, seed, workers);
        this.seed = seed;
        this.workers = workers;
        this.straight = FeatureView.linear(data, workers);
    }

    /**
     * Trains the experts of all blocks.
     *
     * @param weights for each block, of each row in it
     * @param learners to choose from; where linear experts are offered, those with a directional ridge are too
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static List<CrossFittedExpert> train(
            Dataset data, List<double[]> weights, LearnerSet learners, long seed, Progress progress, Workers workers) {
        return new LearnerChoice(data, learners, seed, workers).choose(weights, progress);
    }

    /**
     * What dividing has to beat: one expert of all rows, trained exactly like the expert of a block. What several blocks gain over it is a
     * gain of dividing, and not of better experts.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Expert single(Dataset data, LearnerSet learners, long seed, Progress progress, Workers workers) {
        return train(data, List.of(data.weights()), learners, seed, progress, workers)
                .get(0)
                .expert();
    }

    private List<CrossFittedExpert> choose(List<double[]> weights, Progress progress) {
        LinearFit common = null;
        if (learners.hasLinear() && weights.size() > 1 && weights.stream().anyMatch(LearnerChoice::isSmall)) {
            common = new LinearLearner(true, false)
                    .fit(new ViewCandidate.Scope(data, data.weights(), parts), List.of(straight), null, seed, workers);
        }
        List<CrossFittedExpert> result = new ArrayList<>();
        for (double[] own : weights) {
            LearnerShortlist offered = data.hasManyRows() && !isSmall(own)
                    ? LearnerShortlist.of(data, own, learners, seed, progress, workers)
                    : LearnerShortlist.all(learners);
            CrossFittedExpert chosen = choose(kinds(own, offered.learners(), common, progress), own);
            result.add(offered.tell(chosen));
        }
        return result;
    }

    /** The kinds that a shortlist compares, and which of them, or what blend of them, is best. */
    static LearnerShortlist.Compared compare(
            Dataset sample, double[] weights, LearnerSet learners, long seed, Progress progress, Workers workers) {
        LearnerChoice choice = new LearnerChoice(sample, learners, seed, workers);
        Kinds kinds = choice.kinds(weights, learners, null, progress);
        return new LearnerShortlist.Compared(
                kinds.compared(),
                choice.choose(kinds, weights),
                sample.samplingUnits().withWeights(weights));
    }

    /**
     * What is tried for a block.
     *
     * @param tried the simplest first
     * @param compared the best linear or radial one, where such are offered, and each further one
     */
    private record Kinds(List<CrossFittedExpert> tried, List<CrossFittedExpert> compared) {}

    private Kinds kinds(double[] weights, LearnerSet offered, @Nullable LinearFit common, Progress progress) {
        List<CrossFittedExpert> linear = offered.hasLinear() ? linear(weights, offered, common, progress) : List.of();
        List<CrossFittedExpert> kinds = new ArrayList<>();
        List<CrossFittedExpert> further = new ArrayList<>();
        for (Learner learner : offered.further()) {
            progress.checkCancelled();
            further.add(learner.crossFit(data, weights, parts, seed, workers));
        }
        if (!linear.isEmpty()) {
            // a blend of two linear ones would be linear again
            kinds.add(linear.get(best(linear, data.samplingUnits().withWeights(weights))));
        }
        kinds.addAll(further);
        List<CrossFittedExpert> tried = new ArrayList<>(linear);
        tried.addAll(further);
        return new Kinds(tried, kinds);
    }

    private CrossFittedExpert choose(Kinds kinds, double[] weights) {
        SamplingUnits units = data.samplingUnits().withWeights(weights);
        return blendOrBest(kinds.compared(), kinds.tried(), best(kinds.tried(), units), weights, units);
    }

    /** The experts of different kinds together, where that is clearly better than the best of all by itself; else that one. */
    private CrossFittedExpert blendOrBest(
            List<CrossFittedExpert> kinds,
            List<CrossFittedExpert> tried,
            int best,
            double[] weights,
            SamplingUnits units) {
        CrossFittedExpert single = tried.get(best);
        if (kinds.size() > 1) {
            CrossFittedExpert blend = blend(kinds, weights);
            if (isWorthIt(blend, single, units)) {
                return blend.over(rivals(blend, tried, units));
            }
        }
        List<CrossFittedExpert> others = new ArrayList<>(tried);
        others.remove(best);
        return single.over(rivals(single, others, units));
    }

    private boolean isWorthIt(CrossFittedExpert blend, CrossFittedExpert single, SamplingUnits units) {
        PairedGain gain = gain(blend, single, units);
        if (!isReadable(single)) {
            return gain.isBetter(BLEND_ERRORS, BLEND_NATS);
        }
        double[] together = ViewCandidate.right(blend.answers(), data.targets());
        double[] alone = ViewCandidate.right(single.answers(), data.targets());
        return gain.isBetter(UNREADABLE_ERRORS, BLEND_NATS)
                && (together == null
                        || alone == null
                        || PairedGain.of(together, alone, units).isBetter(UNREADABLE_ERRORS, 0));
    }

    /** What is said of a row is weighed by what the other parts' labels say of the experts: choosing the weights gains nothing on it. */
    private CrossFittedExpert blend(List<CrossFittedExpert> kinds, double[] weights) {
        List<Matrix> answers = kinds.stream().map(CrossFittedExpert::answers).toList();
        Matrix outOfFold = parts.gather(
                answers.get(0).columns(),
                (part, rows) -> BlendedExpert.answers(
                        answers.stream().map(each -> each.selectRows(rows)).toList(),
                        BlendWeights.of(answers, data.targets(), parts.outside(part, weights))),
                workers);
        double[] shares = BlendWeights.of(answers, data.targets(), weights);
        List<WeightedExpert> experts = new ArrayList<>();
        for (int k = 0; k < shares.length; k++) {
            if (shares[k] > 0) {
                experts.add(new WeightedExpert(kinds.get(k).expert(), shares[k]));
            }
        }
        BlendedExpert expert = new BlendedExpert(experts);
        return CrossFittedExpert.calibrated(expert, outOfFold, data, weights, "blend of " + expert.name());
    }

    /** Linear and radial experts of a block, the one that people can read first. */
    private List<CrossFittedExpert> linear(
            double[] weights, LearnerSet offered, @Nullable LinearFit common, Progress progress) {
        progress.checkCancelled();
        DirectionalLearner directional = new DirectionalLearner(straight);
        CrossFittedExpert expert = new LinearLearner(offered.linear(), offered.radial())
                .fit(
                        new ViewCandidate.Scope(data, weights, parts),
                        List.of(),
                        isSmall(weights) ? common : null,
                        seed,
                        workers)
                .fitted();
        List<CrossFittedExpert> result = new ArrayList<>();
        if (offered.linear() && directional.appliesTo(data, weights)) {
            result.add(directional.crossFit(data, weights, parts, seed, workers));
        }
        result.add(expert);
        return result;
    }

    private static boolean isSmall(double[] weights) {
        return Arrays.stream(weights).sum() < SMALL;
    }

    /** Of experts, the simplest first, the one that explains most; over one that people can read by more than chance. */
    private static int best(List<CrossFittedExpert> tried, SamplingUnits units) {
        int best = 0;
        for (int next = 1; next < tried.size(); next++) {
            boolean lessReadable = isReadable(tried.get(best)) && !isReadable(tried.get(next));
            best = gain(tried.get(next), tried.get(best), units).isBetter(lessReadable ? 1 : 0, 0) ? next : best;
        }
        return best;
    }

    private static List<ExpertRival> rivals(
            CrossFittedExpert chosen, List<CrossFittedExpert> over, SamplingUnits units) {
        return over.stream()
                .map(rival -> new ExpertRival(rival.expert().name(), gain(chosen, rival, units)))
                .toList();
    }

    static PairedGain gain(CrossFittedExpert of, CrossFittedExpert over, SamplingUnits units) {
        return PairedGain.of(of.logLikelihoods(), over.logLikelihoods(), units);
    }

    private static boolean isReadable(CrossFittedExpert of) {
        return of.expert() instanceof LinearExpert linear && !linear.isBent();
    }
}
