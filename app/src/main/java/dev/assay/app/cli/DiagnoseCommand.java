package dev.assay.app.cli;

import dev.assay.app.run.DiagnoseRun;
import dev.assay.data.EncodingStyle;
import dev.assay.job.QualityChecks;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay diagnose}: how mixed the data is and how suspicious each row, without taking anything out. */
@Command(
        name = "diagnose",
        description = "Measures how mixed the data is and how suspicious each row; takes nothing out.",
        customSynopsis = "assay diagnose DATA --label COLUMN [--out DIR] [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay diagnose mine.csv --label y",
            "      shows it and writes nothing",
            "  assay diagnose mine.parquet --label y --id customer --out look/",
            "      the scores of each row too",
            "  assay diagnose mine.csv --label y --label-issues tasks.json",
            "      the labels that look wrong, to be imported into Label Studio",
            "  assay diagnose train.npz --features X --label y",
            "      arrays",
            "  assay diagnose labels.csv --label y --probabilities mine.npy",
            "      labels judged by your own model; nothing is trained",
            "",
            "DIR then holds",
            "  report.html     all of it to look at, in any browser",
            "  run.json        verdict, which class is labelled as which, all measures",
            "  rows.csv        the scores of each row, the label it should have",
            "                  (the same in rows.parquet)",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DiagnoseCommand implements Callable<Integer>, RunningCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private ProbabilityOptions probabilities = new ProbabilityOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; made if it is not there (default: nothing is written).")
    private @Nullable Path out;

    @Option(names = "--no-outliers", description = "Do not look for rows that are far out in their features.")
    private boolean withoutOutliers;

    @Option(names = "--no-near-duplicates", description = "Do not look for rows that are next to equal.")
    private boolean withoutNearDuplicates;

    @Option(names = "--no-order-drift", description = "Do not look for what changes along the file.")
    private boolean withoutOrderDrift;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private RunOptions run = new RunOptions();

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
        return Session.run(command, run, this, "nothing was written");
    }

    @Override
    public DiagnoseRun described() {
        return new DiagnoseRun(
                probabilities.with(input.described(EncodingStyle.automatic(), null)),
                new QualityChecks(!withoutOutliers, !withoutNearDuplicates, !withoutOrderDrift),
                model.learners(),
                run.seed,
                labelIssues);
    }

    @Override
    public @Nullable Path out() {
        return out;
    }
}
