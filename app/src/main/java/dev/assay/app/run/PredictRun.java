package dev.assay.app.run;

import dev.assay.app.result.PredictionTable;
import dev.assay.app.screen.PredictionScreen;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.result.ResultFile;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictOutcome;
import dev.assay.job.PredictRequest;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predict the labels of new rows.
 *
 * @param model the folder of a run that made one
 * @param data the rows
 * @param out where the predictions go: .csv, or .parquet
 * @param routing how the rows find their experts
 */
public record PredictRun(Path model, Path data, Path out, RoutingChoice routing) {
    /**
     * Reads, predicts and writes.
     *
     * @return what was predicted, for one screen
     * @throws dev.assay.data.InvalidInputException if the files cannot be worked with
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public String run(Workers workers, Progress progress) {
        ResultFile file = ResultFile.at(out);
        SavedModel saved = ModelFolder.read(model);
        progress.phase("read " + data.getFileName(), 0);
        DataReader reader = new DataReader(workers.threads());
        String column = routing.column(saved);
        EncodedRows<Matrix> rows = routing.blockColumn() == null
                ? reader.readNewWithSourceIfThere(data, saved.form(), column)
                : reader.readNew(data, saved.form(), column);
        progress.phase("predict", 0);
        KnownBlocks known = routing.known(saved, column, rows.sources(), reader);
        PredictOutcome predicted = new PredictRequest(
                        saved.models(), rows.encoded(), known, routing.hard(), routing.abstain())
                .run(workers);
        progress.checkCancelled();
        int[] places = IntStream.range(0, predicted.predictions().size()).toArray();
        file.write(PredictionTable.columns(places, rows.ids(), null, predicted.predictions(), predicted.abstained()));
        return new PredictionScreen()
                .predicted(saved, predicted, routing.abstain())
                .routed(saved, routing.words(predicted.plan()), predicted.predictions())
                .notes(rows.notes())
                .next(List.of("Every row's prediction is in " + out + "."))
                .toString();
    }
}
