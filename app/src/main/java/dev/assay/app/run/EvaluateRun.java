package dev.assay.app.run;

import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionSummary;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.result.RoutingWords;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.ComparisonScreen;
import dev.assay.app.screen.PredictionScreen;
import dev.assay.app.screen.Screen;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.EvaluateOutcome;
import dev.assay.job.EvaluateRequest;
import dev.assay.job.KnownBlocks;
import dev.assay.job.LabelledRows;
import dev.assay.job.ModelComparison;
import dev.assay.job.PredictOutcome;
import dev.assay.predict.ClassPredictions;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measure how well a model predicts rows whose labels are known.
 *
 * @param model the folder of a run that made one
 * @param data the rows
 * @param labels their labels, where they are in a file of their own
 * @param source the column that says where each row comes from, or null for the one that the model knows
 * @param routing how the rows find their experts
 * @param seed of everything that is drawn
 */
public record EvaluateRun(
        Path model,
        Path data,
        @Nullable Path labels,
        @Nullable String source,
        RoutingChoice routing,
        long seed) implements FileRun {
    /**
     * Checks the columns.
     *
     * @throws InvalidInputException if two are said to tell where rows come from
     */
    public EvaluateRun {
        if (source != null && routing.blockColumn() != null && !source.equals(routing.blockColumn())) {
            throw new InvalidInputException("--source " + source + " and --block-column " + routing.blockColumn()
                    + " name two columns that say where rows come from: choose one");
        }
    }

    /**
     * What a run measured.
     *
     * @param warning what has to be known before anything else, or null
     */
    private record Measured(
            EvaluateRun run,
            SavedModel saved,
            EncodedRows<Dataset> read,
            @Nullable String warning,
            EvaluateOutcome found) {
        ComparisonWords comparison() {
            return new ComparisonWords(found.comparison(), null);
        }

        RoutingWords plan() {
            return run.routing.words(found.predicted().plan());
        }

        /** Writes the record and the predictions. */
        List<Path> write(RunDirectory directory, RunRecord record) {
            Dataset test = read.encoded();
            PredictOutcome predicted = found.predicted();
            ComparisonWords comparison = comparison();
            RoutingWords plan = plan();
            List<String> notes = new ArrayList<>(read.notes());
            if (warning != null) {
                notes.add(0, warning);
            }
            List<Path> files = List.of(
                    directory.file("run.json"),
                    directory.writeTable(
                            "predictions.csv",
                            PredictionTable.columns(
                                    test.rows(),
                                    read.ids(),
                                    test.targets(),
                                    predicted.predictions(),
                                    predicted.abstained())));
            record.put("model", run.model.toString())
                    .put("modelOrigin", saved.origin())
                    .put(
                            "data",
                            RunRecord.entry(
                                    "path", run.data.toString(),
                                    "rows", test.size(),
                                    "fingerprint", test.fingerprint(),
                                    "notes", notes))
                    .put("routing", plan.facts(saved.model().router().name()))
                    .put("explanation", plan.explanation())
                    .put("worth", comparison.worthFacts())
                    .put("evaluation", comparison.facts())
                    .put("abstention", comparison.abstentionCurve(test, run.routing.abstain()))
                    .files(files);
            directory.finish(record.finish());
            return files;
        }

        /** What it says, for one screen. */
        String screen(boolean explained, List<Path> files) {
            Dataset test = read.encoded();
            PredictOutcome predicted = found.predicted();
            ComparisonWords comparison = comparison();
            Screen screen = new Screen();
            if (warning != null) {
                screen.line(warning);
            }
            ComparisonScreen.show(
                    comparison, screen, Numbers.count(test.size()) + " rows of " + run.data.getFileName(), explained);
            screen.line(comparison.sentence());
            if (explained) {
                comparison.worthInWords().forEach(screen::line);
            }
            Double abstain = run.routing.abstain();
            if (abstain != null && predicted.predictions() instanceof ClassPredictions classes) {
                ModelComparison.Abstention point = ModelComparison.Abstention.of(classes, test, abstain);
                screen.line("Left out below a probability of " + abstain + ": " + Numbers.count(predicted.silent())
                        + " rows (" + Numbers.percent((double) predicted.silent() / test.size())
                        + "); accuracy of the others: " + Numbers.number(point.accuracyOfRest()));
            }
            return screen + "\n"
                    + new PredictionScreen()
                            .routed(saved, plan(), PredictionSummary.of(predicted))
                            .notes(read.notes())
                            .files(files);
        }
    }

    @Override
    public String command() {
        return "evaluate";
    }

    @Override
    public Finished execute(@Nullable RunDirectory directory, RunRecord record, Workers workers, Progress progress) {
        SavedModel saved = ModelFolder.read(model);
        progress.phase("read " + data.getFileName(), 0);
        DataReader reader = new DataReader(workers.threads());
        String column = source == null ? routing.column(saved) : source;
        EncodedRows<Dataset> read = reader.readTest(data, labels, saved.form(), column);
        if ((source != null || routing.blockColumn() != null) && read.sources() == null) {
            throw new InvalidInputException(
                    (source == null ? "--block-column " : "--source ") + column + ": " + data + " has no such column");
        }
        String warning = isTrainingData(read.encoded(), saved, workers)
                ? data.getFileName()
                        + " is the very data that the model was trained on: what follows says how well it"
                        + " remembers, not how well it predicts; give it rows that it has not seen"
                : null;
        record.lap("read");
        progress.phase("evaluate", 0);
        String routedBy = routing.column(saved);
        KnownBlocks known = routing.known(
                saved, routedBy, routedBy != null && routedBy.equals(column) ? read.sources() : null, reader);
        EvaluateOutcome found = new EvaluateRequest(
                        saved.models(),
                        new LabelledRows(
                                read.encoded(),
                                source == null && routing.blockColumn() != null ? null : read.sources()),
                        known,
                        routing.hard(),
                        routing.abstain(),
                        seed)
                .run(workers);
        record.lap("evaluate");
        Measured measured = new Measured(this, saved, read, warning, found);
        List<Path> files = directory == null ? List.of() : measured.write(directory, record);
        return explained -> measured.screen(explained, files);
    }

    /** Whether these are the rows of the training data, in whatever order; only as many rows are worth a look at all of them. */
    private static boolean isTrainingData(Dataset test, SavedModel saved, Workers workers) {
        return Integer.toString(test.size()).equals(saved.origin().get("trainingRows"))
                && ContentOrder.sorted(test, workers)
                        .fingerprint()
                        .equals(saved.origin().get("fingerprint"));
    }
}
