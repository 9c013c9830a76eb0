package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.data.Partition;
import dev.assay.data.SamplingUnits;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experts of blocks: for each block, of the learners that are offered, the one whose experts explain best what they did not see. A linear
 * expert with as good an explanation is preferred to any other: people can read it.
 */
public final class LearnerChoice {
    private static final int PARTS = 4;
    /** Blocks of fewer rows may borrow from a common model. */
    private static final double SMALL = 200;

    private final Dataset data;
    private final Partition parts;
    private final long seed;
    private final Workers workers;

    private LearnerChoice(Dataset data, long seed, Workers workers) {
        this.data = data;
        this.parts = Partition.of(data, PARTS, Seeds.child(seed, "expert parts"), workers);
        this.seed = seed;
        this.workers = workers;
    }

    /**
     * Trains the experts of all blocks.
     *
     * @param weights for each block, of each row in it
     * @param learners to choose from, the simplest first; {@link LinearLearner} and {@link DirectionalLearner} if empty
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static List<CrossFittedExpert> train(
            Dataset data,
            List<double[]> weights,
            List<Learner> learners,
            long seed,
            Progress progress,
            Workers workers) {
        LearnerChoice choice = new LearnerChoice(data, seed, workers);
        return learners.isEmpty() ? choice.linear(weights, progress) : choice.among(learners, weights, progress);
    }

    /**
     * What dividing has to beat: one expert of all rows, trained exactly like the expert of a block. What several blocks gain over it is a
     * gain of dividing, and not of better experts.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Expert single(Dataset data, List<Learner> learners, long seed, Progress progress, Workers workers) {
        return train(data, List.of(data.weights()), learners, seed, progress, workers)
                .get(0)
                .expert();
    }

    private List<CrossFittedExpert> among(List<Learner> learners, List<double[]> weights, Progress progress) {
        List<CrossFittedExpert> result = new ArrayList<>();
        for (double[] own : weights) {
            CrossFittedExpert best = null;
            for (Learner learner : learners) {
                progress.checkCancelled();
                CrossFittedExpert next = learner.crossFit(data, own, parts, seed, workers);
                best = best == null
                        ? next
                        : better(best, next, data.samplingUnits().withWeights(own));
            }
            result.add(best);
        }
        return result;
    }

    private List<CrossFittedExpert> linear(List<double[]> weights, Progress progress) {
        FeatureView view = FeatureView.linear(data, workers);
        DirectionalLearner directional = new DirectionalLearner(view);
        LinearFit common = null;
        if (weights.size() > 1 && weights.stream().anyMatch(LearnerChoice::isSmall)) {
            common = new LinearLearner(false)
                    .fit(new ViewCandidate.Scope(data, data.weights(), parts), List.of(view), null, seed, workers);
        }
        List<CrossFittedExpert> result = new ArrayList<>();
        for (double[] own : weights) {
            progress.checkCancelled();
            CrossFittedExpert expert = linear(own, isSmall(own) ? common : null);
            if (directional.appliesTo(data, own)) {
                expert = better(
                        directional.crossFit(data, own, parts, seed, workers),
                        expert,
                        data.samplingUnits().withWeights(own));
            }
            result.add(expert);
        }
        return result;
    }

    private CrossFittedExpert linear(double[] weights, @Nullable LinearFit common) {
        return new LinearLearner(true)
                .fit(new ViewCandidate.Scope(data, weights, parts), List.of(), common, seed, workers)
                .fitted();
    }

    private static boolean isSmall(double[] weights) {
        return Arrays.stream(weights).sum() < SMALL;
    }

    /** The first, unless the second explains more; one that is not linear by more than chance. */
    private static CrossFittedExpert better(CrossFittedExpert first, CrossFittedExpert second, SamplingUnits units) {
        boolean straight = second.expert() instanceof LinearExpert linear && !linear.isBent();
        return PairedGain.of(second.logLikelihoods(), first.logLikelihoods(), units)
                        .isBetter(straight ? 0 : 1, 0)
                ? second
                : first;
    }
}
