package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;

/**
 * What dividing has to beat: one expert of all rows, trained exactly like the expert of a block, with the same choice between
 * linear, learned directions and radial functions and the same choice of the ridge. What several blocks gain over it is a gain of
 * dividing, and not of better experts.
 */
public final class SingleExpert {
    private SingleExpert() {}

    /**
     * Trains it; costs what the expert of a block of all rows costs.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Expert train(Dataset data, long seed, Progress progress, Workers workers) {
        return BlockExperts.train(data, List.of(data.weights()), seed, progress, workers)
                .get(0)
                .expert();
    }
}
