package dev.assay.model;

import java.util.SplittableRandom;

class LogisticLossTest extends LossContract {
    @Override
    Loss loss() {
        return new LogisticLoss();
    }

    @Override
    double target(SplittableRandom random) {
        return random.nextInt(2);
    }
}
