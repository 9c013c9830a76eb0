package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;
import java.util.Arrays;

/** One softmax regression on everything, its ridge tuned. */
public final class SoftmaxRegression implements Rival {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        boolean[] kept = new boolean[data.size()];
        Arrays.fill(kept, true);
        return Trained.ofOne(kept, Linear.predictor(Linear.tuned(data, seed, workers)));
    }
}
