package dev.assay.model;

class TrustRegionNewtonTrainerTest extends TrainerContract {
    @Override
    Trainer trainer() {
        return new TrustRegionNewtonTrainer();
    }
}
