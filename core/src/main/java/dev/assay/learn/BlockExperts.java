package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The experts of all blocks: for each the model class that explains best what it did not see, each with its own ridge. Small
 * blocks may borrow from a common model.
 */
public final class BlockExperts {
    static final int PARTS = 4;
    /** Blocks of fewer rows may borrow. */
    private static final double SMALL = 200;

    /** Above this many columns learning directions takes too long. */
    private static final int DIRECTIONAL_PARAMETERS = 1500;

    private BlockExperts() {}

    /**
     * Trains them.
     *
     * @param weights for each block, of each row in it
     */
    public static List<TrainedExpert> train(
            Dataset data, List<double[]> weights, long seed, Progress progress, Workers workers) {
        ExpertTrainer trainer = new ExpertTrainer(true, PARTS, seed);
        Parts parts = Parts.of(data, PARTS, seed, workers);
        ExpertView linear = ExpertView.linear(data, workers);
        boolean directional = data.targets() instanceof ClassTargets labels
                && labels.classes() > 2
                && (labels.classes() - 1) * linear.map().outputDimension() <= DIRECTIONAL_PARAMETERS;
        TrainedExpert common = null;
        boolean anySmall = weights.stream().anyMatch(one -> Arrays.stream(one).sum() < SMALL);
        if (weights.size() > 1 && anySmall) {
            common = trainer.linearOnly().train(data, data.weights(), List.of(linear), parts, null, workers);
        }
        List<TrainedExpert> result = new ArrayList<>();
        for (double[] own : weights) {
            progress.checkCancelled();
            boolean small = Arrays.stream(own).sum() < SMALL;
            TrainedExpert expert = trainer.train(data, own, List.of(), parts, small ? common : null, workers);
            if (directional && Arrays.stream(own).sum() >= 10) {
                expert = better(expert, DirectionalExperts.train(data, own, linear, parts, seed, workers), own);
            }
            result.add(expert);
        }
        return result;
    }

    /** The expert with learned directions, unless the other one explains more; a radial one by more than chance. */
    private static TrainedExpert better(TrainedExpert trained, TrainedExpert directional, double[] weights) {
        boolean bent = trained.expert().map().name().equals("radial");
        return Comparison.of(trained.logLikelihoods(), directional.logLikelihoods(), weights)
                        .isBetter(bent ? 1 : 0, 0)
                ? trained
                : directional;
    }
}
