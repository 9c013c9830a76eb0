package dev.assay.bench.rival;

import dev.assay.data.Dataset;
import dev.assay.learn.Learner;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;

/** One softmax regression on everything, its ridge tuned. */
public final class SoftmaxRegression implements Learner {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public Predictor fit(Dataset data, long seed, Workers workers) {
        return Linear.predictor(Linear.tuned(data, seed, workers));
    }
}
