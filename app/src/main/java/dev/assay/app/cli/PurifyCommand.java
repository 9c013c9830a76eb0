package dev.assay.app.cli;

import dev.assay.app.run.PurifyRun;
import dev.assay.data.EncodingStyle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay purify}: finds the rows that do not belong and writes the others. */
@Command(
        name = "purify",
        description = "Finds the rows that do not belong, says why, and writes the others.",
        customSynopsis = "assay purify DATA --label COLUMN --out DIR [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay purify mine.csv --label y --out result/",
            "      finds what does not belong, by itself",
            "  assay purify mine.parquet --label y --id customer --drop notes --out result/",
            "      rows.csv names each row by its customer; notes are not looked at",
            "  assay purify train.npz --features X --label y --test test.npz --out result/",
            "      arrays; watches the accuracy on clean data, which decides nothing",
            "  assay purify images.idx3-ubyte.gz --labels labels.idx1-ubyte.gz --out result/",
            "      images",
            "  assay purify labels.csv --label y --probabilities mine.csv --out result/",
            "      labels judged by your own model; the file needs no other column",
            "  assay purify mine.csv --label y --criterion delta-variance \\",
            "          --method retrain --out result/",
            "      slow and exact; after Ctrl-C go on with the same line and --resume",
            "",
            "DIR then holds",
            "  report.html     all of it to look at, in any browser",
            "  run.json        verdict, which class is labelled as which, all measures",
            "  rows.csv        each row: kept or not, its scores, the label it should have",
            "                  (the same in rows.parquet)",
            "  trajectory.csv  what happened in each iteration",
            "  purified.csv    the kept rows as they were (purified.npz for arrays)",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PurifyCommand implements Callable<Integer>, RunningCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ProbabilityOptions probabilities = new ProbabilityOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the results go; made if it is not there.")
    private Path out = Path.of("");

    @Mixin
    private PurifyOptions purify = new PurifyOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--resume", description = "Go on with the interrupted run in DIR; ends as if it had never stopped.")
    private boolean resume;

    @Option(
            names = "--label-issues",
            paramLabel = "FILE",
            description =
                    "Labels that look wrong, for those who relabel: .csv, a line for each row as cleanlab has them; .json,"
                            + " tasks for Label Studio.")
    private @Nullable Path labelIssues;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        return Session.run(command, run, this, "go on with the same command line and --resume");
    }

    @Override
    public PurifyRun described() {
        return new PurifyRun(
                probabilities.with(
                        input.described(purify.isPaper() ? EncodingStyle.paper() : EncodingStyle.automatic(), null)),
                purify.settings(run.seed),
                resume,
                labelIssues);
    }

    @Override
    public Path out() {
        return out;
    }
}
