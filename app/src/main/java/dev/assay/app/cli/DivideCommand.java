package dev.assay.app.cli;

import dev.assay.data.EncodingStyle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay divide}: how many kinds of rows there are, and which row is of which. */
@Command(
        name = "divide",
        description = "Takes a mixed data set apart: how many blocks, which row in which, and why.",
        customSynopsis = "assay divide DATA --label COLUMN --out DIR [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay divide mine.csv --label y --out blocks/",
            "      homogeneous, noisy or mixed? finds the number of blocks by itself",
            "  assay divide mine.csv --label y --source site --out blocks/",
            "      you know where rows come from: do the blocks follow the sites?",
            "  assay divide mine.csv --label y --max-blocks 3 --out blocks/",
            "      at most three",
            "  assay divide mine.csv --label y --method purify --out blocks/",
            "      the paper's Figure 1, read literally",
            "",
            "DIR then holds",
            "  report.html     all of it to look at, in any browser",
            "  run.json        verdict, blocks, evidence, all measures, what was chosen",
            "                  and why",
            "  rows.csv        each row: its block, the posterior of each block b_0,",
            "                  b_1, ..., the probability of its label by experts that",
            "                  had not seen it, its share in V, and, in block 0, the",
            "                  label it should have (the same in rows.parquet)",
            "",
            "Block 0 holds the labels that nothing explains.",
            "assay run does all this and makes a model that predicts.",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DivideCommand implements Callable<Integer>, RunningCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the results go; made if it is not there.")
    private Path out = Path.of("");

    @Mixin
    private DivideOptions divide = new DivideOptions();

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        return Session.run(command, run, this, "start it again for a whole one");
    }

    @Override
    public DivideRun described() {
        return new DivideRun(input.described(EncodingStyle.automatic(), divide.source), divide.settings(run.seed));
    }

    @Override
    public Path out() {
        return out;
    }
}
