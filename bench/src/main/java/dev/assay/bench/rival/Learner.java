package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import java.util.Arrays;

/** One model of whatever rows it is given, all of which it believes. */
public interface Learner extends Rival {
    /**
     * Fits, choosing all settings from the rows.
     *
     * @param data rows of classes, not all of which need to occur
     * @param seed of everything random
     */
    Predictor fit(Dataset data, long seed, Workers workers);

    @Override
    default Trained train(Dataset data, long seed, Workers workers) {
        boolean[] kept = new boolean[data.size()];
        Arrays.fill(kept, true);
        return Trained.ofOne(kept, fit(data, seed, workers));
    }
}
