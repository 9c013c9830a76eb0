package dev.assay.model;

import java.util.SplittableRandom;

class SquaredLossTest extends LossContract {
    @Override
    Loss loss() {
        return new SquaredLoss();
    }

    @Override
    double target(SplittableRandom random) {
        return random.nextGaussian();
    }
}
