package dev.assay.app.run;

import dev.assay.app.report.DivisionSections;
import dev.assay.app.result.AllRowsWords;
import dev.assay.app.result.Choice;
import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.Numbers;
import dev.assay.app.result.PredictionTable;
import dev.assay.app.result.RouterWords;
import dev.assay.app.result.RunRecord;
import dev.assay.app.result.Version;
import dev.assay.app.screen.ComparisonScreen;
import dev.assay.app.screen.DivisionScreen;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.app.screen.Screen;
import dev.assay.data.Dataset;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Division;
import dev.assay.io.model.ModelFolder;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.DividedRows;
import dev.assay.job.LabelledRows;
import dev.assay.job.ModelSet;
import dev.assay.job.RunOutcome;
import dev.assay.job.RunRequest;
import dev.assay.predict.Predictions;
import dev.assay.predict.Worth;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The main job: divide, train, evaluate, and keep the model.
 *
 * @param input what it reads; without test data some rows are held out
 * @param settings how to divide
 * @param router a name that {@link dev.assay.route.RouterSelector} knows
 */
public record ModelRun(RunInput input, DivideSettings settings, String router) implements LearningRun {
    /**
     * What a run made.
     *
     * @param divided the data and its blocks
     * @param made the model, and how well it does
     * @param testRows in words, which rows that was measured with
     * @param notes on the test rows
     * @param advice what to do next
     * @param files what was written
     */
    public record Outcome(
            Divided divided,
            RunOutcome made,
            String testRows,
            List<String> notes,
            List<String> advice,
            List<Path> files)
            implements Finished {
        /** How well the model does. */
        public ComparisonWords comparison() {
            return ModelRun.comparison(made);
        }

        /** Verdict, what to do, comparison, blocks; behind it what explains them. */
        @Override
        public String screen(boolean explained) {
            Screen screen = new Screen();
            ComparisonWords comparison = comparison();
            DivisionScreen report = new DivisionScreen(screen, divided)
                    .verdict(comparison.grade(), List.of(comparison.sentence()))
                    .next(advice);
            ComparisonScreen.show(comparison, screen, testRows, explained);
            notes.forEach(screen::line);
            report.blocks().unexplained().confusions();
            if (explained) {
                report.why(comparison.worthInWords());
                if (made.divided().division().blocks().size() > 1) {
                    screen.title("Which block is a new row of?");
                    RouterWords.explanation(made.trained()).forEach(screen::line);
                }
                report.potential().evidence().sources();
            }
            return screen + "\n"
                    + new PurificationScreen().data(divided.data(), explained).end(files, explained);
        }
    }

    @Override
    public ModelRun of(RunInput other) {
        return new ModelRun(other, settings, router);
    }

    @Override
    public String command() {
        return "run";
    }

    @Override
    public long seed() {
        return settings.seed();
    }

    @Override
    public Outcome execute(@Nullable RunDirectory given, RunRecord record, Workers workers, Progress progress) {
        RunDirectory directory = Objects.requireNonNull(given, "a model is written");
        OfferedModels models = OfferedModels.here(settings.learners());
        try (RunInput.Loaded read = input.read(record, seed(), models.without(), workers, progress)) {
            return made(read, models, directory, record, workers, progress);
        }
    }

    private Outcome made(
            RunInput.Loaded read,
            OfferedModels models,
            RunDirectory directory,
            RunRecord record,
            Workers workers,
            Progress progress) {
        EncodedRows<Dataset> test = read.test();
        progress.expect(ExpectedStages.ofModel(read.data().dataset(), test == null ? 1.0 / RunRequest.HELD_OUT : 0));
        RunOutcome made = new RunRequest(
                        read.data().forJob(),
                        test == null ? null : new LabelledRows(test.encoded(), test.sources()),
                        settings.withLearners(models.learners()),
                        router)
                .run(workers, progress, record::lap);
        DividedRows everyRow = read.divided(made.divided().division(), seed(), workers, progress);
        if (everyRow != null) {
            record.put("allRows", AllRowsWords.facts(everyRow)).lap("allRows");
        }
        return write(directory, record, read, made, everyRow, workers, progress);
    }

    private Outcome write(
            RunDirectory directory,
            RunRecord record,
            RunInput.Loaded read,
            RunOutcome made,
            @Nullable DividedRows everyRow,
            Workers workers,
            Progress progress) {
        RunWriter writer = new RunWriter(directory, progress);
        Divided divided = new Divided(read.data(), AllRowsWords.about(read.about(), everyRow), made.divided());
        String testRows = testRows(input, read, made.tested());
        List<String> notes = read.test() == null ? List.of() : read.test().notes();
        List<String> advice = advice(divided, made, directory.path());
        ComparisonWords comparison = comparison(made);
        if (everyRow == null || read.all() == null) {
            writer.rows(DivisionTables.rows(divided));
        } else {
            writer.rows(read.all().columns(everyRow, progress));
        }
        ModelSet kept = everyRow == null
                ? made.trained().models()
                : made.trained().models().withExperts(everyRow.experts());
        writer.add(List.of(predictions(directory, read, made.tested()), model(directory, read, made, kept)));
        DivisionFacts.put(record, divided);
        record.put("worth", comparison.worthFacts())
                .put("router", RouterWords.facts(made.trained()))
                .put("testRows", testRows)
                .put("testNotes", notes)
                .put("evaluation", comparison.facts())
                .put("abstention", comparison.abstentionCurve(made.tested().test(), null));
        List<Path> files = writer.finish(
                record,
                tree -> DivisionSections.of(
                        divided,
                        new DivisionSections.Tested(made.tested(), comparison, testRows),
                        divided.about().before(advice),
                        tree,
                        seed(),
                        workers));
        return new Outcome(divided, made, testRows, notes, advice, files);
    }

    private static ComparisonWords comparison(RunOutcome made) {
        return new ComparisonWords(made.tested().comparison(), made.tested().contradiction());
    }

    private static Path predictions(RunDirectory directory, RunInput.Loaded read, RunOutcome.Tested tested) {
        Dataset test = tested.test();
        Predictions predictions = tested.comparison().predicted();
        return directory.writeTable(
                "predictions.csv",
                PredictionTable.columns(
                        test.rows(),
                        testIds(read, tested),
                        test.targets(),
                        predictions,
                        new boolean[predictions.size()]));
    }

    private Path model(RunDirectory directory, RunInput.Loaded read, RunOutcome made, ModelSet models) {
        return ModelFolder.write(
                directory,
                new SavedModel(
                        InputSchema.of(read.data()),
                        models,
                        origin(made.divided().division(), seed())));
    }

    private static Map<String, String> origin(Division division, long seed) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("assayVersion", Version.text());
        origin.put("verdict", Choice.key(division.verdict()));
        origin.put("trainingRows", Integer.toString(division.data().size()));
        origin.put("fingerprint", division.data().fingerprint());
        origin.put("seed", Long.toString(seed));
        return origin;
    }

    private static @Nullable List<String> testIds(RunInput.Loaded read, RunOutcome.Tested tested) {
        int[] heldOut = tested.heldOut();
        if (heldOut == null) {
            return read.test() == null ? null : read.test().ids();
        }
        List<String> ids = read.data().ids();
        return ids == null ? null : Arrays.stream(heldOut).mapToObj(ids::get).toList();
    }

    /** In words, which rows a model was measured with. */
    static String testRows(RunInput input, RunInput.Loaded read, RunOutcome.Tested tested) {
        String count = Numbers.count(tested.test().size());
        return input.test() != null
                ? count + " rows of " + input.test().getFileName()
                : count + " of " + Numbers.count(read.data().dataset().size())
                        + " rows, held out (all was trained again without them)";
    }

    /** What to do next, most important first. */
    private static List<String> advice(Divided divided, RunOutcome made, Path folder) {
        String column = made.trained().models().sourceColumn();
        List<String> advice = new ArrayList<>();
        if (column == null) {
            advice.addAll(divided.advice());
        } else {
            advice.add("Keep column " + column + " with your data: it says by which rule a row is labelled.");
        }
        Worth worth = made.tested().comparison().worth();
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
}
