package dev.assay.app.web.predict;

import dev.assay.app.result.PredictionTable;
import dev.assay.app.run.RunInput;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Json;
import dev.assay.app.web.http.Views;
import dev.assay.app.web.input.RunInputs;
import dev.assay.app.web.run.Commands;
import dev.assay.app.web.run.RunFacts;
import dev.assay.app.web.run.RunFolder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.DataReader;
import dev.assay.io.GivenRows;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.result.ResultFile;
import dev.assay.io.result.ResultRows;
import dev.assay.job.KnownBlocks;
import dev.assay.job.PredictRequest;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import dev.assay.predict.Routing;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Predicts rows with the models of runs. */
public final class RowPredictions {
    private static final int MOST_ROWS = 10_000;
    private static final int MOST_SIMILAR = 20;
    private static final int MOST_ROWS_WITH_SIMILAR = 100;
    private static final int MOST_TRAINING_SETS = 2;
    private static final int SHOWN = 100;

    private final Models models;
    private final Commands commands;
    private final Workers workers = Workers.of(1);
    /** Threads of the computations are counted, not those of the requests: more at once make none of them quicker. */
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private LocalDateTime lastStamp = LocalDateTime.MIN;
    private final Map<String, TrainingRows> training = new LinkedHashMap<>(MOST_TRAINING_SETS, 0.75f, true);

    public RowPredictions(Models models, Commands commands) {
        this.models = models;
        this.commands = commands;
    }

    /** The body of POST /api/predict. */
    public record Request(
            @Nullable String run,
            @Nullable List<@Nullable Map<String, @Nullable Object>> rows,
            @Nullable Integer block,
            @Nullable Integer similar) {}

    /** Predicts the rows of a request. */
    public Map<String, @Nullable Object> predict(RunFolder run, Request request) {
        List<Map<String, @Nullable Object>> rows = rows(request);
        int similar = request.similar() == null ? 0 : request.similar();
        if (similar < 0 || similar > MOST_SIMILAR) {
            throw ApiError.bad("similar is " + similar + ", expected 0 to " + MOST_SIMILAR);
        }
        if (similar > 0 && rows.size() > MOST_ROWS_WITH_SIMILAR) {
            throw ApiError.bad(rows.size() + " rows with similar ones, expected at most " + MOST_ROWS_WITH_SIMILAR);
        }
        SavedModel saved = models.of(run);
        Integer block = request.block();
        if (block != null && (block < 1 || block > saved.model().blocks())) {
            throw ApiError.bad("block is " + block + ", the model has blocks 1 to "
                    + saved.model().blocks());
        }
        processors.acquireUninterruptibly();
        try {
            EncodedRows<Matrix> data = GivenRows.encode(withoutUnused(run, saved, rows), saved.form());
            KnownBlocks known = block == null
                    ? known(saved, sources(rows, saved.models().sourceColumn()))
                    : new KnownBlocks.OneBlock(block);
            Predictions predictions = predictions(saved, data, known);
            List<String> notes = new ArrayList<>(data.notes());
            List<List<Object>> neighbours =
                    similar == 0 ? List.of() : similar(run, saved, data.encoded(), predictions, similar, notes);
            return Views.entry(
                    "run",
                    run.id(),
                    "task",
                    predictions instanceof ClassPredictions ? "classification" : "regression",
                    "classes",
                    predictions instanceof ClassPredictions classes ? classes.names() : List.of(),
                    "predictions",
                    views(predictions, neighbours),
                    "notes",
                    notes);
        } finally {
            processors.release();
        }
    }

    private static List<Map<String, @Nullable Object>> rows(Request request) {
        List<@Nullable Map<String, @Nullable Object>> given = request.rows();
        if (given == null || given.isEmpty() || given.size() > MOST_ROWS) {
            throw ApiError.bad("rows has " + (given == null ? 0 : given.size()) + " rows, expected 1 to " + MOST_ROWS
                    + "; send more of them as a file to /api/runs/ID/predictions");
        }
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Map<String, @Nullable Object> row : given) {
            if (row == null) {
                throw ApiError.bad("row " + rows.size() + " is null, expected an object of columns and values");
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<Object> views(Predictions predictions, List<List<Object>> neighbours) {
        List<Object> views = new ArrayList<>();
        int[] blocks = predictions.likeliestBlocks();
        for (int row = 0; row < predictions.size(); row++) {
            Map<String, @Nullable Object> view = Views.entry();
            if (predictions instanceof ClassPredictions classes) {
                int code = Routing.likeliest(classes.logProbabilities(), row);
                Map<String, @Nullable Object> probabilities = Views.entry();
                for (int c = 0; c < classes.names().size(); c++) {
                    probabilities.put(
                            classes.names().get(c),
                            Math.exp(classes.logProbabilities().get(row, c)));
                }
                view.put("prediction", classes.names().get(code));
                view.put("probability", Math.exp(classes.logProbabilities().get(row, code)));
                view.put("probabilities", probabilities);
            } else if (predictions instanceof RealPredictions numbers) {
                // of this row alone: the others would be computed again and again
                RealPredictions one = new RealPredictions(
                        numbers.experts().selectRows(row, row + 1),
                        numbers.spreads(),
                        numbers.blocks().selectRows(row, row + 1));
                view.put("prediction", Json.number(one.means()[0]));
                view.put("deviation", Json.number(one.deviations()[0]));
            }
            view.put("block", blocks[row]);
            view.put(
                    "blocks",
                    Arrays.stream(predictions.blocks().row(row)).boxed().toList());
            view.put("similar", neighbours.isEmpty() ? List.of() : neighbours.get(row));
            views.add(view);
        }
        return views;
    }

    private List<List<Object>> similar(
            RunFolder run, SavedModel saved, Matrix features, Predictions predictions, int count, List<String> notes) {
        try {
            TrainingRows rows = training(run, saved);
            List<double[]> given =
                    IntStream.range(0, features.rows()).mapToObj(features::row).toList();
            return rows.similar(given, predictions.likeliestBlocks(), count);
        } catch (InvalidInputException gone) {
            notes.add("no similar rows are shown: " + gone.getMessage());
            return List.of();
        }
    }

    private Predictions predictions(SavedModel saved, EncodedRows<Matrix> rows, KnownBlocks known) {
        return PredictRequest.usual(saved.models(), rows.encoded(), known)
                .run(workers)
                .predictions();
    }

    /** What the sources of rows, or null, tell of their blocks. */
    private static KnownBlocks known(SavedModel saved, @Nullable List<String> sources) {
        String column = saved.models().sourceColumn();
        return column == null || sources == null
                ? new KnownBlocks.Nothing()
                : new KnownBlocks.ByColumn(column, sources, false);
    }

    /** What the rows say of where they come from; null where the model does not ask. */
    private static @Nullable List<String> sources(List<Map<String, @Nullable Object>> rows, @Nullable String column) {
        if (column == null) {
            return null;
        }
        List<String> result = new ArrayList<>();
        for (Map<String, @Nullable Object> row : rows) {
            Object value = row.get(column);
            result.add(value == null ? "" : value.toString());
        }
        return result;
    }

    /** The rows without columns that the training data had and that the model was told not to look at. */
    private List<Map<String, @Nullable Object>> withoutUnused(
            RunFolder run, SavedModel saved, List<Map<String, @Nullable Object>> rows) {
        Set<String> used = new HashSet<>(saved.form().featureColumns());
        used.add(saved.form().label());
        Set<String> unused = new HashSet<>();
        String source = saved.models().sourceColumn();
        if (source != null) {
            unused.add(source);
        }
        RunFacts facts = RunFacts.of(run);
        if (facts != null
                && rows.stream()
                        .flatMap(row -> row.keySet().stream())
                        .anyMatch(name -> !used.contains(name) && !unused.contains(name))) {
            ReadSettings settings = RunInputs.of(run, facts, commands).reading();
            unused.addAll(settings.drop());
            if (settings.source() != null) {
                unused.add(settings.source());
            }
        }
        if (unused.isEmpty()) {
            return rows;
        }
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> rest = new LinkedHashMap<>(row);
                    rest.keySet().removeAll(unused);
                    return rest;
                })
                .toList();
    }

    private TrainingRows training(RunFolder run, SavedModel saved) {
        RunFacts facts = RunFacts.of(run);
        if (facts == null || !run.has(RunFolder.ROWS)) {
            throw new InvalidInputException("the run has no " + RunFolder.ROWS);
        }
        RunInput input = RunInputs.of(run, facts, commands);
        synchronized (training) {
            String key = run.id() + " " + input.data().toFile().lastModified();
            TrainingRows known = training.get(key);
            if (known == null) {
                known = TrainingRows.read(run, input, facts, saved);
                training.put(key, known);
                if (training.size() > MOST_TRAINING_SETS) {
                    training.remove(training.keySet().iterator().next());
                }
            }
            return known;
        }
    }

    /**
     * Predicts the rows of a file, as {@code assay predict} does.
     *
     * @return the file of the predictions, in the folder of the run
     */
    public Path predict(RunFolder run, Path file) {
        SavedModel saved = models.of(run);
        ResultFile out = ResultFile.at(run.file("batch-" + stamp() + ".csv"));
        processors.acquireUninterruptibly();
        try {
            EncodedRows<Matrix> rows = new DataReader(1)
                    .readNewWithSourceIfThere(file, saved.form(), saved.models().sourceColumn());
            Predictions predictions = predictions(saved, rows, known(saved, rows.sources()));
            int[] places = IntStream.range(0, predictions.size()).toArray();
            out.write(PredictionTable.columns(places, rows.ids(), null, predictions, new boolean[places.length]));
            return out.file().path();
        } finally {
            processors.release();
        }
    }

    /** A name for a file of this moment, which no other file of this server has. */
    private synchronized String stamp() {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS);
        lastStamp = now.isAfter(lastStamp) ? now : lastStamp.plus(1, ChronoUnit.MILLIS);
        return lastStamp.format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT));
    }

    /** The first rows of a file of predictions, as the API tells them. */
    public static Map<String, @Nullable Object> view(Path file) {
        ResultRows all = ResultRows.read(file);
        List<Object> rows = new ArrayList<>();
        all.rows().stream().limit(SHOWN).forEach(row -> rows.add(List.copyOf(row.values())));
        return Views.entry(
                "columns", all.columns(),
                "rows", rows,
                "records", all.rows().size(),
                "file", String.valueOf(file.getFileName()));
    }
}
