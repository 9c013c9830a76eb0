package dev.assay.app.cli;

import dev.assay.app.result.Choice;
import dev.assay.app.run.ModelRun;
import dev.assay.data.EncodingStyle;
import dev.assay.route.RouterSelector;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay run}: the main job, from a labelled table to a model that predicts. */
@Command(
        name = "run",
        description = "The main job: takes your data apart, trains an expert for each part and a router between them,"
                + " measures whether that is better than one model, and keeps what predicts new rows.",
        customSynopsis = "assay run DATA --label COLUMN --out DIR [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay run mine.csv --label y --out result/",
            "      everything by itself; one row in five is held out to measure with",
            "  assay run train.csv --label y --test test.csv --out result/",
            "      measured with your own test rows, which decide nothing",
            "  assay run mine.csv --label y --source site --out result/",
            "      you know where rows come from: blocks and sites are compared, and",
            "      where the site tells the block, rows are predicted by it",
            "  assay run mine.csv --label y --router softmax --out result/",
            "      this router, not the one that predicts best",
            "then",
            "  assay predict result/ new.csv --out predictions.csv",
            "  assay evaluate result/ other.csv",
            "",
            "DIR then holds",
            "  report.html       all of it to look at, in any browser",
            "  run.json          verdict, blocks, evidence, router, evaluation: all that",
            "                    was measured, chosen, and why",
            "  rows.csv          each row's block (the same in rows.parquet)",
            "  predictions.csv   the test rows as predicted",
            "  model.json and model-*.npy   the model: keep them together",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer>, RunningCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "Where the results and the model go; made if it is not there.")
    private Path out = Path.of("");

    @Mixin
    private DivideOptions divide = new DivideOptions();

    @Option(
            names = "--router",
            paramLabel = "NAME",
            description = "What sends new rows to the experts: auto (default), prior, softmax, softmax-radial,"
                    + " centroid, adaptive-clustering, nearest.")
    private String router = RouterSelector.AUTO;

    @Mixin
    private RunOptions run = new RunOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        return Session.run(command, run, this, "start it again for a whole one");
    }

    @Override
    public ModelRun described() {
        return new ModelRun(
                input.described(EncodingStyle.automatic(), divide.source),
                divide.settings(run.seed),
                Choice.ofNames("--router", router, RouterSelector.names()));
    }

    @Override
    public Path out() {
        return out;
    }
}
