package dev.assay.model;

import java.util.SplittableRandom;

class SquaredLossTest extends LossContract {
    @Override
    protected Loss loss() {
        return new SquaredLoss();
    }

    @Override
    protected double target(SplittableRandom random) {
        return random.nextGaussian();
    }
}
