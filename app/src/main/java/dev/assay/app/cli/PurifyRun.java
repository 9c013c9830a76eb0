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
import dev.assay.data.InvalidInputException;
import dev.assay.divide.Verdict;
import dev.assay.io.DataReader;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.RunDirectory;
import dev.assay.judge.Purified;
import dev.assay.judge.Purifier;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalCurve;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.work.CancelledException;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One purification from file to files.
 *
 * @param data the file
 * @param reading how to read it
 * @param test clean data to watch, or null
 * @param testLabels its labels, where they are in a file of their own
 * @param settings how to purify
 * @param resume whether to go on with an interrupted run
 * @param commandLine for the record
 * @param threads how many
 */
record PurifyRun(
        Path data,
        ReadSettings reading,
        @Nullable Path test,
        @Nullable Path testLabels,
        PurifySettings settings,
        boolean resume,
        List<String> commandLine,
        int threads) {
    /** What to do with data that is mixed. */
    static final String TAKE_APART =
            "Take the blocks apart: assay run with the same options trains an expert for each, and measures whether that"
                    + " predicts better than one model.";

    /** What to do where so many rows do not fit, and nobody judged why, that they may be of another kind. */
    private static final String ANOTHER_KIND =
            "So many rows are rarely all mislabelled: assay run, or assay divide, tells whether they are a second kind with"
                    + " a rule of its own. Relabel nothing before.";

    /** From this share on, the rows that do not fit may be a population of their own. */
    private static final double MANY = 0.15;

    /**
     * What a run found.
     *
     * @param about what the reader of the data should know
     * @param finding what the data is made of; null where rows were removed by another criterion
     * @param rules where the rows are found that do not fit the rest
     * @param advice what to do next
     * @param files what it wrote
     */
    record Outcome(
            LoadedData data,
            DataRemarks about,
            Purification purification,
            @Nullable Finding finding,
            Measures measures,
            FoundRules rules,
            List<String> advice,
            List<Path> files) {}

    /**
     * Reads, purifies and writes.
     *
     * @throws CancelledException if the progress was cancelled; the directory then holds what {@link #resume} needs
     */
    Outcome execute(RunDirectory directory, Workers workers, Progress progress) {
        Checkpoint checkpoint = Checkpoint.open(directory, resume, progress);
        RunRecord record = new RunRecord("purify", commandLine, settings.seed(), threads);
        progress.phase(ExpectedStages.reading(String.valueOf(data.getFileName())), 0);
        DataReader reader = new DataReader(threads);
        LoadedData loaded = reader.read(data, reading).inContentOrder(workers);
        Dataset watched =
                test == null ? null : reader.readTest(test, testLabels, loaded).dataset();
        DataRemarks about = DataRemarks.of(loaded, settings.seed(), workers);
        record.data(loaded, about).lap("read");
        progress.expect(ExpectedStages.ofPurification(loaded.dataset(), true));

        Purified judged;
        Purification purification;
        Measures measures;
        List<TrajectoryPoint> curve;
        try {
            judged = Purifier.judged(loaded.dataset(), watched, settings, checkpoint.journal(), workers, checkpoint);
            purification = judged.purification();
            record.lap("purify");
            measures = Measures.of(judged, settings, true, workers, progress);
            record.lap("measure");
            curve = RemovalCurve.of(purification, watched, workers, progress);
            record.lap("follow");
        } catch (CancelledException interrupted) {
            checkpoint.save();
            throw interrupted;
        }

        progress.phase(ExpectedStages.WRITE, 0);
        try {
            return write(directory, record, loaded, about, judged, measures, curve, workers);
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
            RunRecord record,
            LoadedData loaded,
            DataRemarks about,
            Purified judged,
            Measures measures,
            List<TrajectoryPoint> curve,
            Workers workers) {
        Purification purification = judged.purification();
        Finding finding = Finding.of(judged);
        FoundRules rules = FoundRules.of(loaded, purification, settings.seed(), workers);
        record.rules(rules);
        List<Path> files = new ArrayList<>();
        files.add(directory.file("run.json"));
        directory.writeRows(ResultTables.rows(loaded, purification));
        files.add(directory.file("rows.csv"));
        files.add(directory.file("rows.parquet"));
        directory.writeTrajectory(ResultTables.trajectory(loaded.dataset(), purification));
        files.add(directory.file("trajectory.csv"));
        int[] kept = purification.kept();
        files.addAll(directory.writePurified(
                loaded,
                IntStream.of(kept).map(i -> loaded.dataset().rows()[i]).sorted().toArray()));
        String purified = String.valueOf(files.get(files.size() - 1).getFileName());
        List<String> advice = advice(purification, finding, purified);
        files.addAll(ReportFiles.places(directory));
        Map<String, @Nullable Object> tree = record.lap("write")
                .purification(settings, purification, finding, measures, files)
                .finish();
        ReportFiles.write(
                directory,
                PurificationSections.of(
                        loaded,
                        purification,
                        finding,
                        measures,
                        rules,
                        curve,
                        about.before(advice),
                        tree,
                        settings.seed(),
                        workers));
        directory.finish(tree);
        return new Outcome(loaded, about, purification, finding, measures, rules, advice, files);
    }

    private static List<String> advice(Purification purification, @Nullable Finding finding, String purified) {
        if (finding != null && finding.verdict() == Verdict.TOO_FEW_ROWS) {
            return List.of(Divided.COLLECT);
        }
        int removed = purification.removed().length;
        if (removed == 0) {
            return List.of("Nothing to remove: train on your data as it is.");
        }
        if (finding != null && finding.verdict() == Verdict.MIXED) {
            return List.of(
                    TAKE_APART,
                    "Or train on " + purified + ": the largest block, which is your file without these rows.");
        }
        if (finding == null && removed > MANY * purification.data().size()) {
            return List.of(ANOTHER_KIND, "Or train on " + purified + ", which is your file without these rows.");
        }
        return List.of(
                "Look at the suspicious rows: a wrong label, or a row from somewhere else?",
                "Put labels right by suggestedLabel in rows.csv, or train on " + purified
                        + ", which is your file without these rows.");
    }
}
