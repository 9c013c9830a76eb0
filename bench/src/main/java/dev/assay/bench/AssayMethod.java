package dev.assay.bench;

import dev.assay.bench.rival.Predictor;
import dev.assay.bench.rival.Rival;
import dev.assay.bench.rival.Trained;
import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.learn.Expert;
import dev.assay.learn.LearnerSet;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.RoutedModels;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Assay itself, all settings automatic: divide, then route.
 *
 * @param learners that the experts may be of
 */
record AssayMethod(LearnerSet learners) implements Rival {
    static final String NAME = "assay";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Trained train(Dataset data, long seed, Workers workers) {
        Division division = Divider.divide(
                data, DivideSettings.AUTOMATIC.withLearners(learners).withSeed(seed), workers, Progress.NONE);
        RoutedModel model = RoutedModels.train(division, "auto", seed, workers, Progress.NONE)
                .model();
        dev.assay.predict.Predictor routed = new dev.assay.predict.Predictor(model);
        List<Predictor> experts = new ArrayList<>();
        for (Expert expert : model.experts()) {
            experts.add(ExpertMethod.predictor(expert));
        }
        Predictor whole = (x, its) -> {
            if (routed.predict(x, its) instanceof ClassPredictions classes) {
                return classes.probabilities();
            }
            throw new IllegalStateException("classes went in and something else came out");
        };
        return new Trained(
                division.assigned(), experts, whole, division.verdict().name().toLowerCase(Locale.ROOT));
    }
}
