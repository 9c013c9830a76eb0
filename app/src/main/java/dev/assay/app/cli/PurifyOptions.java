package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.data.InvalidInputException;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.DeltaVarianceMethod;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalStep;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How to find the rows that do not belong. */
final class PurifyOptions {
    private static final String PAPER = "paper";

    @Option(
            names = "--criterion",
            paramLabel = "NAME",
            description = "By what rows are removed: auto (default), out-of-fold, delta-variance, self-influence,"
                    + " row-variance, loss, random (a control).")
    @Nullable
    String criterion;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "How delta-variance is computed: fast (default), one-step, retrain (the truth, slow).")
    @Nullable
    String method;

    @Option(
            names = "--step",
            paramLabel = "N",
            description = "Rows removed between two fits: a number (10) or a share (1%% or 0.01; default: 1%%).")
    @Nullable
    String step;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Remove so many times (default: stop by itself, from the training data alone).")
    @Nullable
    Integer iterations;

    @Option(
            names = "--ridge",
            paramLabel = "LAMBDA",
            description = "Weight of the ridge in the mean loss, above 0 (default: chosen from the data).")
    @Nullable
    Double ridge;

    @Option(names = "--folds", paramLabel = "N", description = "Parts of the cross-fits, at least 2 (default: 5).")
    @Nullable
    Integer folds;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "paper: train, encode and remove as the paper's published figures did; needs --iterations.")
    @Nullable
    String preset;

    @Mixin
    private ModelOptions model = new ModelOptions();

    /** Whether everything is to be done as the paper did. */
    boolean isPaper() {
        if (preset != null && !preset.equals(PAPER)) {
            throw new InvalidInputException("--preset is '" + preset + "', expected: " + PAPER);
        }
        return preset != null;
    }

    /** The same for the purification. */
    PurifySettings settings(long seed) {
        PurifySettings base = PurifySettings.AUTOMATIC;
        if (isPaper()) {
            if (iterations == null) {
                throw new InvalidInputException("--preset paper has no rule for when to stop: say how many times to"
                        + " remove, for example --iterations 20");
            }
            base = PurifySettings.paper(iterations);
        }
        if (iterations != null && iterations < 0) {
            throw new InvalidInputException("--iterations is " + iterations + ", expected 0 or more");
        }
        if (ridge != null && (!(ridge > 0) || ridge.isInfinite())) {
            throw new InvalidInputException("--ridge is " + ridge + ", expected a finite number above 0");
        }
        if (model.isNamed() && ridge != null) {
            throw new InvalidInputException("--ridge " + ridge + " asks for linear experts with this ridge, --model for"
                    + " a choice of experts: leave out one of them");
        }
        if (folds != null && folds < 2) {
            throw new InvalidInputException("--folds is " + folds + ", expected at least 2");
        }
        return base.withCriterion(
                        criterion == null
                                ? base.criterion()
                                : Choice.of("--criterion", criterion, CriterionKind.values()))
                .withMethod(
                        method == null ? base.method() : Choice.of("--method", method, DeltaVarianceMethod.values()))
                .withRidge(ridge == null ? base.ridge() : ridge)
                .withStep(step == null ? base.step() : removalStep(step))
                .withIterations(iterations == null ? base.iterations() : iterations)
                .withFolds(folds == null ? base.folds() : folds)
                .withLearners(model.learners())
                .withSeed(seed);
    }

    private static RemovalStep removalStep(String text) {
        try {
            if (text.endsWith("%")) {
                return RemovalStep.ofShare(Double.parseDouble(text.substring(0, text.length() - 1)) / 100);
            }
            if (text.contains(".")) {
                return RemovalStep.ofShare(Double.parseDouble(text));
            }
            return RemovalStep.ofRows(Integer.parseInt(text));
        } catch (IllegalArgumentException neither) {
            throw new InvalidInputException(
                    "--step is '" + text + "', expected a number of rows from 1 (10), or a share below 1 (1% or 0.01)",
                    neither);
        }
    }
}
