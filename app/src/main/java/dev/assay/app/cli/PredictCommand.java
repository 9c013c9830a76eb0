package dev.assay.app.cli;

import dev.assay.app.result.PredictionTable;
import dev.assay.app.screen.PredictionReport;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.result.ResultFile;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictOutcome;
import dev.assay.job.PredictRequest;
import dev.assay.linalg.Matrix;
import dev.assay.predict.Predictions;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay predict}: the labels of new rows, by a model that {@code assay run} made. */
@Command(
        name = "predict",
        description = "Predicts the labels of new rows with the model that assay run wrote.",
        customSynopsis = "assay predict DIR NEW --out FILE.csv [OPTIONS]",
        footer = {
            "",
            "Examples:",
            "  assay predict result/ new.csv --out predictions.csv",
            "      each row goes to the experts that the router names; where assay run was",
            "      told --source site and it tells the block, column site of NEW counts too",
            "  assay predict result/ new.csv --out predictions.csv --abstain 0.8",
            "      no prediction where the model is not 80 %% sure",
            "  assay predict result/ new.csv --out predictions.csv --block-column site",
            "      you know where the rows come from: it stands in column site",
            "  assay predict result/ new.csv --out predictions.csv --context few.csv",
            "      the rows are of one unknown source, of which few.csv has labels",
            "  assay predict result/ new.csv --out predictions.csv --adapt",
            "      the mixture may have changed since training",
            "",
            "NEW has the columns of the training data; the label may be missing.",
            "FILE has one line for each row of NEW:",
            "  row             its place in NEW, from 0 (and id, where there is one)",
            "  prediction      the label; empty where the model abstains",
            "  p_LABEL         the probability of each label (deviation for numbers)",
            "  block           the likeliest block, and b_1, b_2, ... of each block",
            "",
            "Exit status: 0 done, 1 a fault of Assay, 2 the input or the options,",
            "130 interrupted."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The folder that assay run wrote.")
    private Path folder = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "NEW",
            description = "Rows to be predicted, in the form of the training data.")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the predictions go: .csv, or .parquet.")
    private Path out = Path.of("");

    @Mixin
    private RoutingOptions routing = new RoutingOptions();

    @Mixin
    private CommonOptions run = new CommonOptions();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(command, "set by picocli");
        return Session.run(self, run, "nothing was written", this::predict);
    }

    private String predict(Workers workers, Progress progress) {
        routing.check();
        ResultFile file = ResultFile.at(out);
        SavedModel saved = ModelFolder.read(folder);
        progress.phase("read " + data.getFileName(), 0);
        DataReader reader = new DataReader(workers.threads());
        String column = routing.column(saved);
        EncodedRows<Matrix> rows = routing.blockColumn == null
                ? reader.readNewWithSourceIfThere(data, saved.form(), column)
                : reader.readNew(data, saved.form(), column);
        progress.phase("predict", 0);
        routing.requireClasses(saved);
        KnownBlocks known = routing.known(saved, column, rows.sources(), reader);
        PredictOutcome predicted = new PredictRequest(
                        saved.models(), rows.encoded(), known, routing.isHard(), routing.abstain)
                .run(workers);
        Predictions predictions = predicted.predictions();
        progress.checkCancelled();
        int[] places = IntStream.range(0, predictions.size()).toArray();
        file.write(PredictionTable.columns(places, rows.ids(), null, predictions, predicted.abstained()));
        return new PredictionReport()
                .predicted(saved, predicted, routing.abstain)
                .routed(saved, routing.words(predicted.plan()), predictions)
                .notes(rows.notes())
                .next(List.of("Every row's prediction is in " + out + "."))
                .toString();
    }
}
