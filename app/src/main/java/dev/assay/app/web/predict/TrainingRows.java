package dev.assay.app.web.predict;

import dev.assay.app.run.RunInput;
import dev.assay.app.web.http.Views;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.array.Pictures;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.DataSource;
import dev.assay.io.result.ResultRows;
import dev.assay.io.table.RowTexts;
import dev.assay.predict.NearestRows;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The training rows of a run, read again from its data file, to show those that are like a new row.
 *
 * @param source the file
 * @param columns names of the values that are shown of a row
 * @param nearest the rows and their blocks
 * @param records the place of each in the file
 * @param results what rows.csv says of each
 */
record TrainingRows(
        DataSource source,
        List<String> columns,
        NearestRows nearest,
        int[] records,
        List<Map<String, String>> results) {
    private static final int MOST_COLUMNS = 60;

    /**
     * Reads them.
     *
     * @throws InvalidInputException if the file is gone, or is not what it was when the model was trained
     */
    static TrainingRows read(RunFolder run, RunInput input, RunFacts facts, SavedModel model) {
        DataReader reader = new DataReader(1);
        DataSource source = reader.locate(input.data(), input.reading());
        facts.requireSame(source);
        Dataset data = reader.readTest(input.data(), input.reading().labelsFile(), model.form(), null)
                .encoded();
        String fingerprint;
        try (Workers workers = Workers.of(1)) {
            fingerprint = ContentOrder.sorted(data, workers).fingerprint();
        }
        if (!fingerprint.equals(facts.fingerprint())) {
            throw new InvalidInputException(input.data() + " was changed since the run");
        }
        Map<Integer, Map<String, String>> byRecord = new HashMap<>();
        for (Map<String, String> row : ResultRows.read(run.file(RunFolder.ROWS)).rows()) {
            byRecord.put(whole(row, "row"), row);
        }
        int[] records = data.rows();
        int[] blocks = new int[records.length];
        List<Map<String, String>> results = new ArrayList<>();
        for (int place = 0; place < records.length; place++) {
            Map<String, String> row = byRecord.getOrDefault(records[place], Map.of());
            results.add(row);
            blocks[place] = row.containsKey("block") ? whole(row, "block") : 0;
        }
        List<String> columns = source.format().isTable()
                ? source.featureColumns()
                        .subList(
                                0,
                                Math.min(MOST_COLUMNS, source.featureColumns().size()))
                : List.of();
        return new TrainingRows(source, columns, new NearestRows(data.features(), blocks), records, results);
    }

    private static int whole(Map<String, String> row, String column) {
        try {
            return Integer.parseInt(row.getOrDefault(column, ""));
        } catch (NumberFormatException damaged) {
            throw new InvalidInputException(
                    RunFolder.ROWS + " of the run is damaged: " + column + " is '" + row.getOrDefault(column, "")
                            + "', expected a whole number",
                    damaged);
        }
    }

    /** The rows that are most like each of the given ones, of its block, as the API tells them. */
    List<List<Object>> similar(List<double[]> features, int[] blocks, int count) {
        List<List<NearestRows.Neighbour>> found = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int row = 0; row < blocks.length; row++) {
            List<NearestRows.Neighbour> neighbours = nearest.nearest(features.get(row), blocks[row], count);
            found.add(neighbours);
            neighbours.stream()
                    .map(NearestRows.Neighbour::row)
                    .filter(place -> !wanted.contains(place))
                    .forEach(wanted::add);
        }
        int[] files = wanted.stream().mapToInt(place -> records[place]).toArray();
        List<List<String>> texts = columns.isEmpty() ? List.of() : RowTexts.of(source, columns, files);
        Pictures pictures = files.length == 0 ? null : Pictures.of(source, files);
        List<List<Object>> result = new ArrayList<>();
        for (int row = 0; row < blocks.length; row++) {
            List<Object> shown = new ArrayList<>();
            for (NearestRows.Neighbour neighbour : found.get(row)) {
                int at = wanted.indexOf(neighbour.row());
                shown.add(view(neighbour, texts.isEmpty() ? List.of() : texts.get(at), pictures, at));
            }
            result.add(shown);
        }
        return result;
    }

    private Object view(NearestRows.Neighbour neighbour, List<String> texts, @Nullable Pictures pictures, int at) {
        Map<String, String> known = results.get(neighbour.row());
        int record = records[neighbour.row()];
        Map<String, @Nullable Object> values = Views.entry();
        for (int place = 0; place < texts.size(); place++) {
            values.put(columns.get(place), texts.get(place));
        }
        Map<String, @Nullable Object> view = Views.entry(
                "row",
                record,
                "id",
                known.getOrDefault("id", Integer.toString(record)),
                "label",
                known.getOrDefault("label", ""),
                "block",
                nearest.groups()[neighbour.row()],
                "distance",
                neighbour.distance(),
                "values",
                values);
        if (pictures != null) {
            view.put(
                    "image",
                    Base64.getEncoder().encodeToString(pictures.pixels().get(at)));
        }
        return view;
    }
}
