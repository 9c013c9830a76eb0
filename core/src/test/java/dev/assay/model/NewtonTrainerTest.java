package dev.assay.model;

class NewtonTrainerTest extends TrainerContract {
    @Override
    Trainer trainer() {
        return new NewtonTrainer();
    }
}
