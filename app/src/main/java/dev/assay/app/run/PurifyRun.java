package dev.assay.app.run;

import dev.assay.app.report.PurificationSections;
import dev.assay.app.result.AllRowsWords;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.Divided;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.GivenWords;
import dev.assay.app.result.PurificationTables;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.Verdict;
import dev.assay.io.read.LoadedData;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.Finding;
import dev.assay.job.PurifiedRows;
import dev.assay.job.PurifyOutcome;
import dev.assay.job.PurifyRequest;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.PurifySettings;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Find the rows that do not belong, and write the others.
 *
 * @param input what it reads; its test data is watched
 * @param settings how to purify
 * @param resume whether to go on with the interrupted run in the directory
 * @param labelIssues where the labels that look wrong go, for those who relabel, or null
 */
public record PurifyRun(
        RunInput input,
        PurifySettings settings,
        boolean resume,
        @Nullable Path labelIssues) implements LearningRun {
    /** What to do with data that is mixed. */
    static final String TAKE_APART =
            "Take the blocks apart: assay run with the same options trains an expert for each, and measures whether"
                    + " that predicts better than one model.";

    /** What to do where so many rows do not fit, and nobody judged why, that they may be of another kind. */
    private static final String ANOTHER_KIND =
            "So many rows are rarely all mislabelled: assay run, or assay divide, tells whether they are a second kind"
                    + " with a rule of its own. Relabel nothing before.";

    /** From this share on, the rows that do not fit may be a population of their own. */
    private static final double MANY = 0.15;

    /**
     * What a run found.
     *
     * @param read the data
     * @param about what the reader should know
     * @param found what purifying it did
     * @param advice what to do next
     * @param files what it wrote
     */
    public record Outcome(
            RunInput.Loaded read, DataRemarks about, PurifyOutcome found, List<String> advice, List<Path> files)
            implements Finished {
        @Override
        public String screen(boolean explained) {
            return new PurificationScreen()
                    .purified(read.data(), about, found, List.of(), advice, "Removed", files, explained);
        }
    }

    @Override
    public PurifyRun of(RunInput other) {
        return new PurifyRun(other, settings, false, null);
    }

    @Override
    public String command() {
        return "purify";
    }

    @Override
    public long seed() {
        return settings.seed();
    }

    /**
     * {@inheritDoc}
     *
     * @throws CancelledException if the progress was cancelled; the directory then holds what {@link #resume} needs
     */
    @Override
    public Outcome execute(@Nullable RunDirectory given, RunRecord record, Workers workers, Progress progress) {
        RunDirectory directory = Objects.requireNonNull(given, "a purification is written");
        LabelIssueFile issues = LabelIssueFile.atNullable(labelIssues, input, directory);
        Checkpoint checkpoint = Checkpoint.open(directory, resume, progress);
        OfferedModels models = OfferedModels.here(settings.learners());
        try (RunInput.Loaded read = seesEveryRow()
                ? input.readWhole(record, settings.seed(), models.without(), workers, progress)
                : input.read(record, settings.seed(), models.without(), workers, progress)) {
            return purified(read, models, directory, checkpoint, record, issues, workers, progress);
        }
    }

    /** Whether a sample will not do: removal by another criterion says nothing of rows that had no part in it, and a file for those who relabel has all. */
    private boolean seesEveryRow() {
        return labelIssues != null
                || (settings.criterion() != CriterionKind.AUTO && settings.criterion() != CriterionKind.OUT_OF_FOLD);
    }

    private Outcome purified(
            RunInput.Loaded read,
            OfferedModels models,
            RunDirectory directory,
            Checkpoint checkpoint,
            RunRecord record,
            @Nullable LabelIssueFile issues,
            Workers workers,
            Progress progress) {
        LoadedData loaded = read.data();
        progress.expect(ExpectedStages.ofPurification(loaded, true));
        PurifyOutcome found;
        PurifiedRows everyRow;
        try {
            found = new PurifyRequest(loaded.forJob(), read.watched(), settings.withLearners(models.learners()))
                    .run(checkpoint.journal(), workers, checkpoint, record::lap);
            everyRow = read.purified(found, settings.seed(), workers, checkpoint);
        } catch (CancelledException interrupted) {
            checkpoint.save();
            throw interrupted;
        }
        RunWriter writer = new RunWriter(directory, progress);
        try {
            return write(directory, writer, record, read, found, everyRow, issues, workers, progress);
        } catch (InvalidInputException problem) {
            // a full disk can be gone on from, other data cannot
            if (!loaded.source().content().isUnchanged()) {
                checkpoint.delete();
            }
            throw problem;
        }
    }

    private Outcome write(
            RunDirectory directory,
            RunWriter writer,
            RunRecord record,
            RunInput.Loaded read,
            PurifyOutcome found,
            @Nullable PurifiedRows everyRow,
            @Nullable LabelIssueFile issues,
            Workers workers,
            Progress progress) {
        LoadedData loaded = read.data();
        DataRemarks about = read.about()
                .withFacts(GivenWords.remarks(loaded, found.given()))
                .withFacts(everyRow == null ? List.of() : List.of(AllRowsWords.sentence(everyRow)));
        if (everyRow != null) {
            record.put("allRows", AllRowsWords.facts(everyRow)).lap("allRows");
        }
        record.given(loaded, found, about);
        int[] kept;
        if (everyRow == null || read.all() == null) {
            writer.rows(PurificationTables.rows(loaded, found.purification()));
            kept = IntStream.of(found.purification().kept())
                    .map(i -> loaded.dataset().rows()[i])
                    .sorted()
                    .toArray();
        } else {
            writer.rows(read.all().columns(everyRow, progress));
            kept = everyRow.kept();
        }
        directory.writeTrajectory(PurificationTables.trajectory(loaded.dataset(), found.purification()));
        List<Path> purified = directory.writePurified(loaded, kept);
        List<String> advice = new ArrayList<>(
                advice(found, String.valueOf(purified.get(purified.size() - 1).getFileName())));
        if (issues != null) {
            issues.write(loaded, found);
            advice.add(issues.advice());
        }
        List<Path> files = writer.add(List.of(directory.file("trajectory.csv")))
                .add(purified)
                .finish(
                        record.purification(found),
                        tree -> PurificationSections.of(
                                loaded, about, null, found, advice, tree, settings.seed(), workers));
        return new Outcome(read, about, found, advice, files);
    }

    private static List<String> advice(PurifyOutcome found, String purified) {
        Finding finding = found.finding();
        if (finding != null && finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return List.of(Divided.COLLECT);
        }
        int removed = found.purification().removed().length;
        if (removed == 0) {
            return List.of("Nothing to remove: train on your data as it is.");
        }
        if (finding != null && finding.verdict() == Verdict.MIXED) {
            return List.of(
                    TAKE_APART,
                    "Or train on " + purified + ": the largest block, which is your file without these rows.");
        }
        if (finding == null && removed > MANY * found.purification().data().size()) {
            return List.of(ANOTHER_KIND, "Or train on " + purified + ", which is your file without these rows.");
        }
        return List.of(
                "Look at the suspicious rows: a wrong label, or a row from somewhere else?",
                "Put labels right by suggestedLabel in rows.csv, or train on " + purified
                        + ", which is your file without these rows.");
    }
}
