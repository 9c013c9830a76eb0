package dev.assay;

import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.GivenRows;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictRequest;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What predicts new rows, in the form of the rows that it learned from.
 *
 * @param saved all that is kept of it
 */
public record Model(SavedModel saved) {
    /**
     * Predicts one row.
     *
     * @param row values by the names of the columns: numbers, texts, truth values; what is null or not there is missing
     * @throws InvalidInputException naming the column, if the training data has no such column or its value is of another kind
     */
    public Prediction predict(Map<String, ? extends @Nullable Object> row) {
        return predict(List.of(row)).get(0);
    }

    /** Predicts rows; the same for each as if it were alone. */
    public List<Prediction> predict(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        String column = saved.models().sourceColumn();
        if (column == null || saved.form().featureColumns().contains(column)) {
            return predictions(GivenRows.encode(rows, saved.form()), new KnownBlocks.Nothing());
        }
        List<Map<String, @Nullable Object>> features = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (Map<String, ? extends @Nullable Object> row : rows) {
            Map<String, @Nullable Object> rest = new HashMap<>(row);
            Object source = rest.remove(column);
            sources.add(source == null ? "" : source.toString());
            features.add(rest);
        }
        return predictions(GivenRows.encode(features, saved.form()), new KnownBlocks.ByColumn(column, sources, false));
    }

    /**
     * Predicts the rows of a file.
     *
     * @throws InvalidInputException with one clear line if the file cannot be used
     */
    public List<Prediction> predict(Path data) {
        String column = saved.models().sourceColumn();
        EncodedRows<Matrix> rows =
                new DataReader(Workers.shared().threads()).readNewWithSourceIfThere(data, saved.form(), column);
        List<String> sources = rows.sources();
        return predictions(
                rows,
                column == null || sources == null
                        ? new KnownBlocks.Nothing()
                        : new KnownBlocks.ByColumn(column, sources, false));
    }

    private List<Prediction> predictions(EncodedRows<Matrix> rows, KnownBlocks known) {
        return Prediction.all(PredictRequest.usual(saved.models(), rows.encoded(), known)
                .run(Workers.shared())
                .predictions());
    }

    /**
     * Writes it into a folder, for {@link Assay#load}, {@code assay predict} and {@code assay evaluate}.
     *
     * @throws InvalidInputException if the folder holds a run already, or cannot be written to
     */
    public void save(Path folder) {
        try (RunDirectory directory = RunDirectory.open(folder, RunDirectory.Existing.REFUSE)) {
            ModelFolder.write(directory, saved);
            directory.finish(Map.of("command", "library", "origin", saved.origin()));
        }
    }
}
