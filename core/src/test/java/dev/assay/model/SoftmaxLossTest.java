package dev.assay.model;

import java.util.SplittableRandom;

class SoftmaxLossTest extends LossContract {
    @Override
    Loss loss() {
        return new SoftmaxLoss(4);
    }

    @Override
    double target(SplittableRandom random) {
        return random.nextInt(4);
    }
}
