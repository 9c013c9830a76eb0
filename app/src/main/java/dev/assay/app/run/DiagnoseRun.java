package dev.assay.app.run;

import dev.assay.app.report.PurificationSections;
import dev.assay.app.result.AllRowsWords;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.Divided;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.GivenWords;
import dev.assay.app.result.PurificationTables;
import dev.assay.app.result.QualityWords;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.divide.Verdict;
import dev.assay.io.result.ResultColumn;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.DiagnoseOutcome;
import dev.assay.job.DiagnoseRequest;
import dev.assay.job.Finding;
import dev.assay.job.PurifiedRows;
import dev.assay.job.PurifyOutcome;
import dev.assay.job.QualityChecks;
import dev.assay.learn.LearnerSet;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Look at data without taking anything out.
 *
 * @param input what it reads
 * @param wanted what is looked for beside wrong labels
 * @param learners whose experts judge the labels
 * @param seed of everything that is drawn
 * @param labelIssues where the labels that look wrong go, for those who relabel, or null
 */
public record DiagnoseRun(
        RunInput input,
        QualityChecks wanted,
        LearnerSet learners,
        long seed,
        @Nullable Path labelIssues) implements LearningRun {
    @Override
    public DiagnoseRun of(RunInput other) {
        return new DiagnoseRun(other, wanted, learners, seed, null);
    }

    @Override
    public String command() {
        return "diagnose";
    }

    @Override
    public Finished execute(@Nullable RunDirectory directory, RunRecord record, Workers workers, Progress progress) {
        LabelIssueFile issues = LabelIssueFile.atNullable(labelIssues, input, directory);
        OfferedModels models = OfferedModels.here(learners);
        // a file for those who relabel has a line for every row
        try (RunInput.Loaded read = issues == null
                ? input.read(record, seed, models.without(), workers, progress)
                : input.readWhole(record, seed, models.without(), workers, progress)) {
            return diagnosed(read, models, issues, directory, record, workers, progress);
        }
    }

    private Finished diagnosed(
            RunInput.Loaded read,
            OfferedModels models,
            @Nullable LabelIssueFile issues,
            @Nullable RunDirectory directory,
            RunRecord record,
            Workers workers,
            Progress progress) {
        boolean written = directory != null;
        progress.expect(ExpectedStages.ofDiagnosis(read.data(), written));
        DiagnoseOutcome outcome = new DiagnoseRequest(
                        read.data().forJob(), read.watched(), written, wanted, models.learners(), seed)
                .run(workers, progress, record::lap);
        PurifyOutcome found = outcome.purification();
        QualityWords quality = new QualityWords(read.data(), outcome.quality());
        PurifiedRows everyRow = read.purified(found, seed, workers, progress);
        if (everyRow != null) {
            record.put("allRows", AllRowsWords.facts(everyRow)).lap("allRows");
        }
        DataRemarks about = read.about()
                .withFacts(GivenWords.remarks(read.data(), found.given()))
                .withFacts(everyRow == null ? List.of() : List.of(AllRowsWords.sentence(everyRow)))
                .withQuestions(quality.questions());
        record.given(read.data(), found, about);
        List<String> advice = new ArrayList<>(advice(found, written));
        if (issues != null) {
            issues.write(read.data(), found);
            advice.add(issues.advice());
        }
        List<Path> files = List.of();
        if (directory != null) {
            RunWriter writer = new RunWriter(directory, progress);
            if (everyRow == null || read.all() == null) {
                List<ResultColumn> columns =
                        new ArrayList<>(PurificationTables.rows(read.data(), found.purification()));
                columns.addAll(quality.columns());
                writer.rows(columns);
            } else {
                writer.rows(read.all().columns(everyRow, progress));
            }
            record.purification(found).put("remarks", about.all());
            quality.put(record);
            files = writer.finish(
                    record,
                    tree -> PurificationSections.of(read.data(), about, quality, found, advice, tree, seed, workers));
        }
        List<Path> all = files;
        return explained -> new PurificationScreen()
                .purified(read.data(), about, found, quality.explanation(), advice, "Suspicious", all, explained);
    }

    private static List<String> advice(PurifyOutcome found, boolean written) {
        Finding finding = found.finding();
        if (finding != null && finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return List.of(Divided.COLLECT);
        }
        if (found.purification().removed().length == 0) {
            return List.of("Nothing to take out: train on your data as it is.");
        }
        if (finding != null && finding.verdict() == Verdict.MIXED) {
            return List.of(PurifyRun.TAKE_APART);
        }
        return List.of("Take them out with assay purify and the same options" + (written ? "" : " and --out DIR")
                + ", which writes the rest; or put labels right by suggestedLabel"
                + (written ? " in rows.csv." : " in its rows.csv."));
    }
}
