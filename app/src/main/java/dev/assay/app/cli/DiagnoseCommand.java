package dev.assay.app.cli;

import dev.assay.app.report.PurificationSections;
import dev.assay.app.report.ReportFiles;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.Divided;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.Finding;
import dev.assay.app.result.FoundRules;
import dev.assay.app.result.Measures;
import dev.assay.app.result.ResultTables;
import dev.assay.app.result.RunRecord;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingStyle;
import dev.assay.divide.Verdict;
import dev.assay.io.DataReader;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.RunDirectory;
import dev.assay.judge.Purified;
import dev.assay.judge.Purifier;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalCurve;
import dev.assay.purify.TrajectoryPoint;
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
            "  assay diagnose train.npz --features X --label y",
            "      arrays",
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
final class DiagnoseCommand implements Callable<Integer> {
    @Mixin
    private InputOptions input = new InputOptions();

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
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        return Session.run(
                self,
                run,
                "nothing was written",
                (workers, progress) -> diagnose(Session.commandLine(self), workers, progress));
    }

    private String diagnose(List<String> commandLine, Workers workers, Progress progress) {
        try (RunDirectory directory = out == null ? null : run.directory(out, false)) {
            return diagnose(directory, commandLine, workers, progress);
        }
    }

    private String diagnose(
            @Nullable RunDirectory directory, List<String> commandLine, Workers workers, Progress progress) {
        PurifySettings settings = PurifySettings.AUTOMATIC.withSeed(run.seed);
        RunRecord record = new RunRecord("diagnose", commandLine, run.seed, workers.threads());
        progress.phase(ExpectedStages.reading(String.valueOf(input.data.getFileName())), 0);
        DataReader reader = new DataReader(workers.threads());
        LoadedData loaded = reader.read(input.data, input.settings(EncodingStyle.automatic()))
                .inContentOrder(workers);
        Dataset watched = input.test == null
                ? null
                : reader.readTest(input.test, input.testLabelsFile, loaded).dataset();
        DataRemarks about = DataRemarks.of(loaded, run.seed, workers);
        record.data(loaded, about).lap("read");
        progress.expect(ExpectedStages.ofPurification(loaded.dataset(), directory != null));
        Purified judged = Purifier.judged(loaded.dataset(), watched, settings, new PurifyJournal(), workers, progress);
        Purification found = judged.purification();
        Finding finding = Finding.of(judged);
        record.lap("diagnose");
        Measures measures = Measures.of(judged, settings, directory != null, workers, progress);
        FoundRules rules = FoundRules.of(loaded, found, run.seed, workers);
        record.rules(rules).lap("measure");
        List<Path> files = new ArrayList<>();
        if (directory != null) {
            List<TrajectoryPoint> curve = RemovalCurve.of(found, watched, workers, progress);
            record.lap("follow");
            progress.phase(ExpectedStages.WRITE, 0);
            files.add(directory.file("run.json"));
            directory.writeRows(ResultTables.rows(loaded, found));
            files.add(directory.file("rows.csv"));
            files.add(directory.file("rows.parquet"));
            files.addAll(ReportFiles.places(directory));
            Map<String, @Nullable Object> tree = record.lap("write")
                    .purification(settings, found, finding, measures, files)
                    .finish();
            ReportFiles.write(
                    directory,
                    PurificationSections.of(
                            loaded,
                            found,
                            finding,
                            measures,
                            rules,
                            curve,
                            about.before(advice(found, finding)),
                            tree,
                            run.seed,
                            workers));
            directory.finish(tree);
        }
        Report report = new Report()
                .verdict(finding, found)
                .remarks(about)
                .next(advice(found, finding))
                .suspicious(loaded, found, finding, "Suspicious")
                .confusions(finding)
                .rules(rules, finding);
        if (run.explain) {
            report.explanation(measures, found);
        }
        return report.data(loaded, run.explain).end(files, run.explain).toString();
    }

    private List<String> advice(Purification found, @Nullable Finding finding) {
        if (finding != null && finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return List.of(Divided.COLLECT);
        }
        if (found.removed().length == 0) {
            return List.of("Nothing to take out: train on your data as it is.");
        }
        if (finding != null && finding.verdict() == Verdict.MIXED) {
            return List.of(PurifyRun.TAKE_APART);
        }
        return List.of("Take them out with assay purify and the same options" + (out == null ? " and --out DIR" : "")
                + ", which writes the rest; or put labels right by suggestedLabel"
                + (out == null ? " in its rows.csv." : " in rows.csv."));
    }
}
