package dev.assay.app.cli;

import dev.assay.app.run.OfferedModels;
import dev.assay.learn.LearnerSet;
import picocli.CommandLine.Option;

/** What experts may be. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "NAMES",
            description = "What the experts may be: linear, radial (linear in functions of the distance to some rows),"
                    + " trees (boosted trees); several with commas, the best of them wins; auto (default) offers all.")
    private String model = OfferedModels.AUTO;

    /** The same, as what learns them. */
    LearnerSet learners() {
        return OfferedModels.of("--model", model);
    }

    /** Whether trees or others were named. */
    boolean isNamed() {
        return !model.equals(OfferedModels.AUTO);
    }
}
