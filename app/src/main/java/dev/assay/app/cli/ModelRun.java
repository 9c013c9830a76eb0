package dev.assay.app.cli;

import dev.assay.app.report.DivisionSections;
import dev.assay.app.report.ReportFiles;
import dev.assay.app.result.Comparison;
import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.result.RunRecord;
import dev.assay.app.result.TrainedModel;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Division;
import dev.assay.io.DataReader;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.read.DataForm;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.TestData;
import dev.assay.io.result.RunDirectory;
import dev.assay.predict.Predictions;
import dev.assay.predict.Worth;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The main job from file to files: divide, train, evaluate, and keep the model.
 *
 * @param data the file
 * @param reading how to read it
 * @param test rows to evaluate with, or null to hold some out
 * @param testLabels their labels, where they are in a file of their own
 * @param settings how to divide
 * @param router a name that {@link dev.assay.route.Routers} knows
 * @param commandLine for the record
 * @param threads how many
 */
record ModelRun(
        Path data,
        ReadSettings reading,
        @Nullable Path test,
        @Nullable Path testLabels,
        DivideSettings settings,
        String router,
        List<String> commandLine,
        int threads) {
    /** One row in so many is held out where there is no test file. */
    private static final int HELD_OUT = 5;

    /**
     * What a run made.
     *
     * @param divided the data and its blocks
     * @param trained the model, of all rows
     * @param comparison how well it does
     * @param testRows in words, which rows that was measured with
     * @param notes on the test rows
     * @param files what was written
     */
    record Outcome(
            Divided divided,
            TrainedModel trained,
            Comparison comparison,
            String testRows,
            List<String> notes,
            List<Path> files) {}

    /** Reads, divides, trains, evaluates and writes. */
    Outcome execute(RunDirectory directory, Workers workers, Progress progress) {
        RunRecord record = new RunRecord("run", commandLine, settings.seed(), threads);
        progress.phase(ExpectedStages.reading(String.valueOf(data.getFileName())), 0);
        DataReader reader = new DataReader(threads);
        LoadedData loaded = reader.read(data, reading).inContentOrder(workers);
        DataForm form = DataForm.of(loaded);
        // a test file that cannot be read is to be known before the work
        TestData given = test == null ? null : reader.readTest(test, testLabels, form, reading.source());
        DataRemarks about = DataRemarks.of(loaded, settings.seed(), workers);
        record.data(loaded, about).lap("read");
        progress.expect(ExpectedStages.ofModel(loaded.dataset(), given == null ? 1.0 / HELD_OUT : 0));

        Divided divided = Divided.of(loaded, about, settings, record, workers, progress);
        TrainedModel trained = TrainedModel.of(
                form,
                divided.division(),
                loaded.sources(),
                reading.source(),
                divided.blockSources(),
                router,
                settings.seed(),
                workers,
                progress);
        record.lap("train");
        Measured measured = given == null
                ? heldOut(loaded, form, divided.division(), workers, progress)
                : measured(trained, given, rowsOf(given), workers);
        record.lap("evaluate");

        progress.phase(ExpectedStages.WRITE, 0);
        List<Path> files = new ArrayList<>(List.of(directory.file("run.json")));
        directory.writeRows(DivisionTables.rows(divided));
        files.add(directory.file("rows.csv"));
        files.add(directory.file("rows.parquet"));
        Predictions predictions = measured.comparison().predicted();
        files.add(directory.writeTable(
                "predictions.csv",
                PredictionTable.columns(
                        measured.test().dataset().rows(),
                        measured.test().ids(),
                        measured.test().dataset().targets(),
                        predictions,
                        new boolean[predictions.size()])));
        files.add(ModelFolder.write(directory, trained.saved()));
        files.addAll(ReportFiles.places(directory));
        DivisionFacts.put(record, settings, divided);
        record.put("worth", measured.comparison().worthFacts())
                .put("router", trained.routerFacts())
                .put("testRows", measured.rows())
                .put("testNotes", measured.test().notes())
                .put("evaluation", measured.comparison().facts())
                .put(
                        "abstention",
                        measured.comparison().abstentionCurve(measured.test().dataset(), null))
                .lap("write")
                .files(files);
        Map<String, @Nullable Object> tree = record.finish();
        ReportFiles.write(
                directory,
                DivisionSections.of(
                        divided,
                        new DivisionSections.Tested(
                                measured.comparison(),
                                measured.trained(),
                                measured.test().dataset(),
                                measured.rows()),
                        about.before(advice(divided, trained, measured.comparison(), directory.path())),
                        tree,
                        settings.seed(),
                        workers));
        directory.finish(tree);
        return new Outcome(
                divided,
                trained,
                measured.comparison(),
                measured.rows(),
                measured.test().notes(),
                files);
    }

    /** What to do next, most important first. */
    static List<String> advice(Divided divided, TrainedModel trained, Comparison comparison, Path folder) {
        String column = trained.saved().sourceColumn();
        List<String> advice = new ArrayList<>();
        if (column == null) {
            advice.addAll(divided.advice());
        } else {
            advice.add("Keep column " + column + " with your data: it says by which rule a row is labelled.");
        }
        Worth worth = comparison.worth();
        if (worth != null && worth.way() == Worth.Way.NOTHING_YET) {
            advice.add(
                    "Until something tells the block of a new row, one model does as well: these blocks are a finding"
                            + " about your data, not a better way to predict.");
        }
        advice.add(
                column == null
                        ? "Predict new rows: assay predict " + folder + " NEW.csv --out predictions.csv"
                        : "Predict new rows, by column " + column + " where NEW.csv has it: assay predict " + folder
                                + " NEW.csv --out predictions.csv");
        advice.add("Measure with other labelled rows: assay evaluate " + folder + " TEST.csv");
        return advice;
    }

    /** A comparison, the rows that it was made with, and what to say of them. */
    private record Measured(TrainedModel trained, Comparison comparison, TestData test, String rows) {}

    private String rowsOf(TestData given) {
        return Numbers.count(given.dataset().size()) + " rows of "
                + (test == null ? "" : String.valueOf(test.getFileName()));
    }

    private Measured measured(TrainedModel trained, TestData rows, String words, Workers workers) {
        Dataset dataset = rows.dataset();
        Comparison.Routed routed = Comparison.Routed.of(trained.saved(), dataset, rows.sources(), workers);
        return new Measured(
                trained,
                Comparison.of(trained.saved(), dataset, routed, rows.sources(), settings.seed(), workers),
                rows,
                words);
    }

    /** Divides and trains once more, without a part of the rows, and predicts these. */
    private Measured heldOut(LoadedData loaded, DataForm form, Division whole, Workers workers, Progress progress) {
        Dataset all = loaded.dataset();
        int[] parts = ContentOrder.of(all, workers).assign(Math.min(HELD_OUT, all.size()), settings.seed());
        // as they stand in the file, for predictions.csv
        int[] out = IntStream.range(0, parts.length)
                .filter(i -> parts[i] == 0)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> all.rows()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] rest = IntStream.range(0, parts.length).filter(i -> parts[i] != 0).toArray();
        progress.phase(ExpectedStages.AGAIN, 0);
        Division division = Divider.divide(all.select(rest), settings, workers, progress);
        List<String> sources = loaded.sources();
        TrainedModel trained = TrainedModel.of(
                form,
                division,
                sources == null ? null : select(sources, rest),
                reading.source(),
                List.of(),
                router,
                settings.seed(),
                workers,
                progress);
        List<String> ids = loaded.ids();
        TestData test = new TestData(
                all.select(out),
                ids == null ? null : select(ids, out),
                sources == null ? null : select(sources, out),
                List.of());
        Measured measured = measured(
                trained,
                test,
                Numbers.count(out.length) + " of " + Numbers.count(all.size())
                        + " rows, held out (all was trained again without them)",
                workers);
        if (division.blocks().size() == whole.blocks().size()) {
            return measured;
        }
        String otherwise = "Without the " + Numbers.rows(out.length) + " that were held out the rest comes out as "
                + blocks(division) + ", all rows as " + blocks(whole)
                + ": the evidence is near the edge, and what dividing is worth is open. More rows would settle it.";
        return new Measured(trained, measured.comparison().contradicted(otherwise), test, measured.rows());
    }

    private static String blocks(Division division) {
        return division.blocks().size() == 1
                ? "of one kind"
                : "mixed (" + division.blocks().size() + " blocks)";
    }

    private static List<String> select(List<String> values, int[] indices) {
        return Arrays.stream(indices).mapToObj(values::get).toList();
    }
}
