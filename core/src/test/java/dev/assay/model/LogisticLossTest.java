package dev.assay.model;

import java.util.SplittableRandom;

class LogisticLossTest extends LossContract {
    @Override
    protected Loss loss() {
        return new LogisticLoss();
    }

    @Override
    protected double target(SplittableRandom random) {
        return random.nextInt(2);
    }
}
