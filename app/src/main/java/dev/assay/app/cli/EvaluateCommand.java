package dev.assay.app.cli;

import dev.assay.app.run.EvaluateRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay evaluate}: how well a model predicts rows whose labels are known. */
@Command(
        name = "evaluate",
        description = "Measures how well the model that assay run wrote predicts rows with known labels.",
        customSynopsis = "assay evaluate DIR TEST [--out DIR2] [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay evaluate result/ test.csv",
            "      shows it, beside one model and the other ways",
            "  assay evaluate result/ test.csv --out tested/",
            "      writes run.json, and every row's prediction",
            "  assay evaluate result/ test.csv --source site",
            "      where rows come from, if assay run was told by another column",
            "  assay evaluate result/ test.csv --abstain 0.8",
            "      how good are the predictions that it is sure of?",
            "",
            "Accuracy: share of right labels, higher is better. Log-loss: mean of",
            "-log p(label), in nats, lower is better. Calibration: how far stated",
            "probabilities are from the shares that are right, lower is better.",
            "Intervals are of 1000 samples of the test rows, drawn again.",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer>, RunningCommand {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder that assay run wrote.")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "TEST", description = "Labelled rows, in the form of the training data.")
    private Path data = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "The labels of TEST, where they are in a file of their own (IDX, .npy).")
    private @Nullable Path labelsFile;

    @Option(
            names = "--source",
            paramLabel = "COLUMN",
            description = "Where each row comes from (default: the column that assay run was told by --source, where it"
                    + " tells the block); the oracle then takes part.")
    private @Nullable String source;

    @Option(
            names = "--out",
            paramLabel = "DIR2",
            description = "Where run.json and predictions.csv go (default: nothing is written).")
    private @Nullable Path out;

    @Mixin
    private RoutingOptions routing = new RoutingOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        return Session.run(command, run, this, "nothing was written");
    }

    @Override
    public EvaluateRun described() {
        return new EvaluateRun(folder, data, labelsFile, source, routing.described(), run.seed);
    }

    @Override
    public @Nullable Path out() {
        return out;
    }
}
