package dev.assay.app.cli;

import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.result.RoutingWords;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.ComparisonScreen;
import dev.assay.app.screen.PredictionReport;
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
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay evaluate}: how well a model predicts rows whose labels are known. */
@Command(
        name = "evaluate",
        description = "Measures how well the model that assay run wrote predicts rows with known labels.",
        customSynopsis = "assay evaluate DIR TEST [--out DIR2] [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay evaluate result/ test.csv",
            "      shows it, beside one model and the other ways",
            "  assay evaluate result/ test.csv --out tested/",
            "      writes run.json, and every row's prediction",
            "  assay evaluate result/ test.csv --source site",
            "      where rows come from, if assay run was told by another column",
            "  assay evaluate result/ test.csv --abstain 0.8",
            "      how good are the predictions that it is sure of?",
            "",
            "Accuracy: share of right labels, higher is better. Log-loss: mean of",
            "-log p(label), in nats, lower is better. Calibration: how far stated",
            "probabilities are from the shares that are right, lower is better.",
            "Intervals are of 1000 samples of the test rows, drawn again.",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder that assay run wrote.")
    private Path folder = Path.of("");

    @Parameters(index = "1", paramLabel = "TEST", description = "Labelled rows, in the form of the training data.")
    private Path data = Path.of("");

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "The labels of TEST, where they are in a file of their own (IDX, .npy).")
    private @Nullable Path labelsFile;

    @Option(
            names = "--source",
            paramLabel = "COLUMN",
            description = "Where each row comes from (default: the column that assay run was told by --source, where it"
                    + " tells the block); the oracle then takes part.")
    private @Nullable String source;

    @Option(
            names = "--out",
            paramLabel = "DIR2",
            description = "Where run.json and predictions.csv go (default: nothing is written).")
    private @Nullable Path out;

    @Mixin
    private RoutingOptions routing = new RoutingOptions();

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
                (workers, progress) -> evaluate(Session.commandLine(self), workers, progress));
    }

    /** Whether these are the rows of the training data, in whatever order; only as many rows are worth a look at all of them. */
    private static boolean isTrainingData(Dataset test, SavedModel saved, Workers workers) {
        return Integer.toString(test.size()).equals(saved.origin().get("trainingRows"))
                && ContentOrder.sorted(test, workers)
                        .fingerprint()
                        .equals(saved.origin().get("fingerprint"));
    }

    private String evaluate(List<String> commandLine, Workers workers, Progress progress) {
        routing.check();
        if (source != null && routing.blockColumn != null && !source.equals(routing.blockColumn)) {
            throw new InvalidInputException("--source " + source + " and --block-column " + routing.blockColumn
                    + " name two columns that say where rows come from: choose one");
        }
        try (RunDirectory directory = out == null ? null : run.directory(out, false)) {
            return evaluate(directory, commandLine, workers, progress);
        }
    }

    private String evaluate(
            @Nullable RunDirectory directory, List<String> commandLine, Workers workers, Progress progress) {
        RunRecord record = new RunRecord("evaluate", commandLine, run.seed, workers.threads());
        SavedModel saved = ModelFolder.read(folder);
        progress.phase("read " + data.getFileName(), 0);
        DataReader reader = new DataReader(workers.threads());
        String column = source == null ? routing.column(saved) : source;
        EncodedRows<Dataset> read = reader.readTest(data, labelsFile, saved.form(), column);
        if ((source != null || routing.blockColumn != null) && read.sources() == null) {
            throw new InvalidInputException(
                    (source == null ? "--block-column " : "--source ") + column + ": " + data + " has no such column");
        }
        Dataset test = read.encoded();
        List<String> notes = new ArrayList<>(read.notes());
        if (isTrainingData(test, saved, workers)) {
            notes.add(
                    0,
                    data.getFileName()
                            + " is the very data that the model was trained on: what follows says how well it"
                            + " remembers, not how well it predicts; give it rows that it has not seen");
        }
        record.lap("read");
        progress.phase("evaluate", 0);
        String routedBy = routing.column(saved);
        routing.requireClasses(saved);
        KnownBlocks known = routing.known(
                saved, routedBy, routedBy != null && routedBy.equals(column) ? read.sources() : null, reader);
        EvaluateOutcome found = new EvaluateRequest(
                        saved.models(),
                        new LabelledRows(test, source == null && routing.blockColumn != null ? null : read.sources()),
                        known,
                        routing.isHard(),
                        routing.abstain,
                        run.seed)
                .run(workers);
        ComparisonWords comparison = new ComparisonWords(found.comparison(), null);
        PredictOutcome predicted = found.predicted();
        RoutingWords plan = routing.words(predicted.plan());
        record.lap("evaluate");
        List<Path> files = new ArrayList<>();
        if (directory != null) {
            files.add(directory.file("run.json"));
            files.add(directory.writeTable(
                    "predictions.csv",
                    PredictionTable.columns(
                            test.rows(), read.ids(), test.targets(), predicted.predictions(), predicted.abstained())));
            record.put("model", folder.toString())
                    .put("modelOrigin", saved.origin())
                    .put(
                            "data",
                            RunRecord.entry(
                                    "path", data.toString(),
                                    "rows", test.size(),
                                    "fingerprint", test.fingerprint(),
                                    "notes", notes))
                    .put("routing", plan.facts(saved.model().router().name()))
                    .put("explanation", plan.explanation())
                    .put("worth", comparison.worthFacts())
                    .put("evaluation", comparison.facts())
                    .put("abstention", comparison.abstentionCurve(test, routing.abstain))
                    .files(files);
            directory.finish(record.finish());
        }
        Screen screen = new Screen();
        if (notes.size() > read.notes().size()) {
            screen.line(notes.get(0));
        }
        ComparisonScreen.show(
                comparison, screen, Numbers.count(test.size()) + " rows of " + data.getFileName(), run.explain);
        screen.line(comparison.sentence());
        if (run.explain) {
            comparison.worthInWords().forEach(screen::line);
        }
        if (routing.abstain != null && predicted.predictions() instanceof ClassPredictions classes) {
            ModelComparison.Abstention point = ModelComparison.Abstention.of(classes, test, routing.abstain);
            screen.line("Left out below a probability of " + routing.abstain + ": " + Numbers.count(predicted.silent())
                    + " rows (" + Numbers.percent((double) predicted.silent() / test.size())
                    + "); accuracy of the others: " + Numbers.number(point.accuracyOfRest()));
        }
        return screen + "\n"
                + new PredictionReport()
                        .routed(saved, plan, predicted.predictions())
                        .notes(read.notes())
                        .files(files);
    }
}
