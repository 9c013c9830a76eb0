package dev.assay.model;

import java.util.SplittableRandom;

class SoftmaxLossTest extends LossContract {
    @Override
    protected Loss loss() {
        return new SoftmaxLoss(4);
    }

    @Override
    protected double target(SplittableRandom random) {
        return random.nextInt(4);
    }
}
