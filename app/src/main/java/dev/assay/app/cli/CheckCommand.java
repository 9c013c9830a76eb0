package dev.assay.app.cli;

import dev.assay.app.run.CheckRun;
import dev.assay.data.EncodingStyle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay check}: whether data keeps to limits, for a pipeline. */
@Command(
        name = "check",
        description = "Holds your data against limits, and against an earlier run: for a pipeline that is to stop where"
                + " the data is not what it should be.",
        customSynopsis = "assay check DATA --label COLUMN LIMITS [--out DIR] [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay check mine.csv --label y --max-noise 3%% --max-blocks 1",
            "      at most 3 %% wrong labels, and one rule that made them",
            "  assay check mine.csv --label y --min-accuracy 0.9 --junit checks.xml",
            "      is it still predicted well? The checks as results of tests",
            "  assay check mine.csv --label y --no-leaks --max-copies 1%%",
            "      quick: about the file alone, nothing is learnt",
            "  assay run january.csv --label y --out january/",
            "  assay check february.csv --label y --reference january/ --out february/",
            "      has anything changed, beyond chance and beyond what does not matter?",
            "",
            "Each check is a line: passed, BROKEN (what was found and how sure that is,",
            "what was allowed), UNDECIDED (asked for, and too few rows to tell: counts as",
            "broken) or left out (part of a comparison that cannot be made).",
            "Shares are written 3%% or 0.03.",
            "",
            "DIR then holds check.json (the checks), and what assay divide writes.",
            "",
            "Exit status: 0 all checks hold, 3 one does not, 1 a fault of Assay,",
            "2 the input or the options, 130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer>, RunningCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private CheckOptions check = new CheckOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the results go; made if it is not there (default: nothing is written).")
    private @Nullable Path out;

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        return Session.run(command, run, this, "nothing was written");
    }

    @Override
    public CheckRun described() {
        return new CheckRun(
                input.described(EncodingStyle.automatic(), null),
                check.limits(),
                check.reference,
                check.junit,
                run.seed);
    }

    @Override
    public @Nullable Path out() {
        return out;
    }
}
