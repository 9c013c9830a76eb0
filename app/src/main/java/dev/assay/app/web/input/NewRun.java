package dev.assay.app.web.input;

import dev.assay.app.result.Choice;
import dev.assay.app.run.DiagnoseRun;
import dev.assay.app.run.DivideRun;
import dev.assay.app.run.LearningRun;
import dev.assay.app.run.ModelRun;
import dev.assay.app.run.OfferedModels;
import dev.assay.app.run.PurifyRun;
import dev.assay.app.run.ReadChoices;
import dev.assay.app.run.RunInput;
import dev.assay.app.web.http.ApiError;
import dev.assay.data.EncodingStyle;
import dev.assay.divide.DivideSettings;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.QualityChecks;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.CriterionKind;
import dev.assay.purify.PurifySettings;
import dev.assay.route.RouterSelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of POST /api/runs: what to run, on which files, and how. */
public record NewRun(
        @Nullable String command,
        @Nullable String upload,
        @Nullable String path,
        @Nullable String labelsUpload,
        @Nullable String labelsPath,
        @Nullable String testUpload,
        @Nullable String testPath,
        @Nullable String testLabelsUpload,
        @Nullable String testLabelsPath,
        @Nullable String name,
        @Nullable Options options) {
    private static final Set<String> COMMANDS = Set.of("run", "divide", "purify", "diagnose");
    private static final int LONGEST_NAME = 200;

    /** The options of the command line that the page knows. */
    public record Options(
            @Nullable String label,
            @Nullable String source,
            @Nullable String id,
            @Nullable String weight,
            @Nullable List<@Nullable String> drop,
            @Nullable List<@Nullable String> features,
            @Nullable List<@Nullable String> numeric,
            @Nullable List<@Nullable String> categorical,
            @Nullable List<@Nullable String> text,
            @Nullable String task,
            @Nullable String header,
            @Nullable String dates,
            @Nullable String decimal,
            @Nullable String labelNa,
            @Nullable String router,
            @Nullable String model,
            @Nullable Integer maxBlocks,
            @Nullable String criterion,
            @Nullable Long seed) {
        static final Options NONE = new Options(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null);

        ReadSettings reading() {
            return ReadSettings.automatic()
                    .withLabel(label)
                    .withSource(source)
                    .withId(id)
                    .withWeight(weight)
                    .withDrop(names("drop", drop))
                    .withFeatures(names("features", features))
                    .withNumeric(names("numeric", numeric))
                    .withCategorical(names("categorical", categorical))
                    .withText(names("text", text))
                    .withTask(ReadChoices.task(orAuto(task)))
                    .withHeader(ReadChoices.header(orAuto(header)))
                    .withCells(ReadChoices.cells(orAuto(decimal), orAuto(dates), labelNa == null ? "missing" : labelNa))
                    .withStyle(EncodingStyle.automatic());
        }

        long checkedSeed() {
            return seed == null ? PurifySettings.AUTOMATIC.seed() : seed;
        }

        String checkedRouter() {
            return router == null ? RouterSelector.AUTO : Choice.ofNames("--router", router, RouterSelector.names());
        }

        LearnerSet checkedModel() {
            return OfferedModels.of("--model", orAuto(model));
        }

        DivideSettings divideSettings() {
            DivideSettings usual =
                    DivideSettings.AUTOMATIC.withLearners(checkedModel()).withSeed(checkedSeed());
            return maxBlocks == null ? usual : usual.withMaxBlocks(Choice.atLeastOne("--max-blocks", maxBlocks));
        }

        PurifySettings purifySettings() {
            PurifySettings usual =
                    PurifySettings.AUTOMATIC.withLearners(checkedModel()).withSeed(checkedSeed());
            return criterion == null
                    ? usual
                    : usual.withCriterion(Choice.of("--criterion", criterion, CriterionKind.values()));
        }

        private static String orAuto(@Nullable String choice) {
            return choice == null ? "auto" : choice;
        }

        private static List<String> names(String what, @Nullable List<@Nullable String> given) {
            List<String> names = new ArrayList<>();
            for (String name : given == null ? List.<@Nullable String>of() : given) {
                if (name == null) {
                    throw ApiError.bad(what + " holds null, expected names of columns");
                }
                names.add(name);
            }
            return names;
        }
    }

    private String checkedCommand() {
        if (command == null || !COMMANDS.contains(command)) {
            throw ApiError.bad("command is '" + command + "', expected run, divide, purify or diagnose");
        }
        return command;
    }

    /** The file of the data. */
    public Path data(Inputs inputs) {
        return there(inputs.required("data", upload, path));
    }

    /** What the run is called. */
    public String shownName(Path data) {
        String shown = name == null || name.isBlank() ? String.valueOf(data.getFileName()) : name.strip();
        return shown.substring(0, Math.min(LONGEST_NAME, shown.length()));
    }

    private Options given() {
        return options == null ? Options.NONE : options;
    }

    /**
     * The run that is asked for.
     *
     * @throws dev.assay.data.InvalidInputException if an option has a value that it cannot have
     */
    public LearningRun described(Path data, Inputs inputs) {
        Options given = given();
        String what = checkedCommand();
        boolean divides = what.equals("run") || what.equals("divide");
        Path labels = thereIfNamed(inputs.optional("file of the labels", labelsUpload, labelsPath));
        Path test = thereIfNamed(inputs.optional("test data", testUpload, testPath));
        Path testLabels = thereIfNamed(inputs.optional("file of the test labels", testLabelsUpload, testLabelsPath));
        if (what.equals("divide") || what.equals("diagnose")) {
            refuse(what, "test data", test);
            refuse(what, "a file of test labels", testLabels);
        }
        if (!divides) {
            refuse(what, "source", given.source());
            refuse(what, "maxBlocks", given.maxBlocks());
        }
        if (!what.equals("run")) {
            refuse(what, "router", given.router());
        }
        if (!what.equals("purify")) {
            refuse(what, "criterion", given.criterion());
        }
        RunInput input = new RunInput(data, given.reading().withLabelsFile(labels), test, testLabels);
        return switch (what) {
            case "run" -> new ModelRun(input, given.divideSettings(), given.checkedRouter());
            case "divide" -> new DivideRun(input, given.divideSettings());
            case "purify" -> new PurifyRun(input, given.purifySettings(), false, null);
            default -> new DiagnoseRun(input, QualityChecks.ALL, given.checkedModel(), given.checkedSeed(), null);
        };
    }

    private static void refuse(String command, String option, @Nullable Object value) {
        if (value != null) {
            throw ApiError.bad("assay " + command + " takes no " + option + "; leave it out");
        }
    }

    private static Path there(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw ApiError.bad("there is no file " + file + " that can be read");
        }
        return file;
    }

    private static @Nullable Path thereIfNamed(@Nullable Path file) {
        return file == null ? null : there(file);
    }
}
