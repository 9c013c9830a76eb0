package dev.assay.app.cli;

import dev.assay.app.report.DivisionSections;
import dev.assay.app.report.ReportFiles;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.RunRecord;
import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Verdict;
import dev.assay.io.DataReader;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.RunDirectory;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
final class DivideCommand implements Callable<Integer> {
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
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        return Session.run(
                self,
                run,
                "start it again for a whole one",
                (workers, progress) -> divide(Session.commandLine(self), workers, progress));
    }

    private String divide(List<String> commandLine, Workers workers, Progress progress) {
        if (input.test != null) {
            throw new InvalidInputException(
                    "--test " + input.test + ": dividing has no use for test data; assay run takes it");
        }
        DivideSettings settings = divide.settings(run.seed);
        try (RunDirectory directory = run.directory(out, false)) {
            return divide(directory, settings, commandLine, workers, progress);
        }
    }

    private String divide(
            RunDirectory directory,
            DivideSettings settings,
            List<String> commandLine,
            Workers workers,
            Progress progress) {
        RunRecord record = new RunRecord("divide", commandLine, run.seed, workers.threads());
        progress.phase(ExpectedStages.reading(String.valueOf(input.data.getFileName())), 0);
        LoadedData loaded = new DataReader(workers.threads())
                .read(input.data, input.settings(EncodingStyle.automatic()).withSource(divide.source))
                .inContentOrder(workers);
        DataRemarks about = DataRemarks.of(loaded, run.seed, workers);
        record.data(loaded, about).lap("read");
        progress.expect(ExpectedStages.ofDivision(loaded.dataset()));
        Divided divided = Divided.of(loaded, about, settings, record, workers, progress);
        progress.phase(ExpectedStages.WRITE, 0);
        List<Path> files = new ArrayList<>(List.of(directory.file("run.json")));
        directory.writeRows(DivisionTables.rows(divided));
        files.add(directory.file("rows.csv"));
        files.add(directory.file("rows.parquet"));
        files.addAll(ReportFiles.places(directory));
        DivisionFacts.put(record, settings, divided);
        record.put("worth", divided.worthFacts());
        Map<String, @Nullable Object> tree = record.lap("write").files(files).finish();
        ReportFiles.write(
                directory, DivisionSections.of(divided, null, about.before(advice(divided)), tree, run.seed, workers));
        directory.finish(tree);

        Screen screen = new Screen();
        DivisionReport report = new DivisionReport(screen, divided)
                .verdict(
                        divided.grade(),
                        divided.worthInWords().stream().limit(1).toList())
                .next(advice(divided))
                .blocks()
                .unexplained()
                .confusions();
        if (run.explain) {
            report.why(divided.worthInWords()).potential().evidence().sources();
        }
        return screen + "\n" + new Report().data(loaded, run.explain).end(files, run.explain);
    }

    private static List<String> advice(Divided divided) {
        List<String> advice = new ArrayList<>(divided.advice());
        if (divided.division().verdict() != Verdict.TOO_FEW_ROWS) {
            advice.add("Make a model that predicts with these blocks: assay run with the same options.");
        }
        return advice;
    }
}
