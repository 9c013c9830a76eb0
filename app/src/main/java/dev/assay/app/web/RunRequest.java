package dev.assay.app.web;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.input.Inputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of POST /api/runs: what to run, on which files, and how. */
record RunRequest(
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
    record Options(
            @Nullable String label,
            @Nullable String source,
            @Nullable String id,
            @Nullable String weight,
            @Nullable List<@Nullable String> drop,
            @Nullable List<@Nullable String> features,
            @Nullable List<@Nullable String> numeric,
            @Nullable List<@Nullable String> categorical,
            @Nullable String task,
            @Nullable String header,
            @Nullable String dates,
            @Nullable String decimal,
            @Nullable String labelNa,
            @Nullable String router,
            @Nullable Integer maxBlocks,
            @Nullable String criterion,
            @Nullable Long seed) {
        static final Options NONE = new Options(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The command that is to be run. */
    String checkedCommand() {
        if (command == null || !COMMANDS.contains(command)) {
            throw ApiError.bad("command is '" + command + "', expected run, divide, purify or diagnose");
        }
        return command;
    }

    /** The file of the data. */
    Path data(Inputs inputs) {
        return there(inputs.required("data", upload, path));
    }

    /** What the run is called. */
    String shownName(Path data) {
        String shown = name == null || name.isBlank() ? String.valueOf(data.getFileName()) : name.strip();
        return shown.substring(0, Math.min(LONGEST_NAME, shown.length()));
    }

    /** The options, none if there are none. */
    Options given() {
        return options == null ? Options.NONE : options;
    }

    /** The command line that does it, without {@code assay} and {@code --out}; each value is tied to its option. */
    List<String> arguments(Path data, Inputs inputs) {
        Options given = given();
        String what = checkedCommand();
        boolean divides = what.equals("run") || what.equals("divide");
        List<String> words = new ArrayList<>(List.of(what, data.toString()));
        add(words, "--label", given.label());
        add(words, "--labels", thereIfNamed(inputs.optional("file of the labels", labelsUpload, labelsPath)));
        Path test = thereIfNamed(inputs.optional("test data", testUpload, testPath));
        Path testLabels = thereIfNamed(inputs.optional("file of the test labels", testLabelsUpload, testLabelsPath));
        if (what.equals("divide") || what.equals("diagnose")) {
            refuse(what, "test data", test);
            refuse(what, "a file of test labels", testLabels);
        }
        add(words, "--test", test);
        add(words, "--test-labels", testLabels);
        add(words, "--id", given.id());
        add(words, "--weight", given.weight());
        addAll(words, "--drop", given.drop());
        addAll(words, "--features", given.features());
        addAll(words, "--numeric", given.numeric());
        addAll(words, "--categorical", given.categorical());
        add(words, "--task", given.task());
        add(words, "--header", given.header());
        add(words, "--dates", given.dates());
        add(words, "--decimal", given.decimal());
        add(words, "--label-na", given.labelNa());
        if (!divides) {
            refuse(what, "source", given.source());
            refuse(what, "maxBlocks", given.maxBlocks());
        }
        add(words, "--source", given.source());
        add(words, "--max-blocks", given.maxBlocks());
        if (!what.equals("run")) {
            refuse(what, "router", given.router());
        }
        add(words, "--router", given.router());
        if (!what.equals("purify")) {
            refuse(what, "criterion", given.criterion());
        }
        add(words, "--criterion", given.criterion());
        add(words, "--seed", given.seed());
        return words;
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

    private static void add(List<String> words, String option, @Nullable Object value) {
        if (value != null) {
            words.add(option + "=" + value);
        }
    }

    /** Each on its own, a comma in a name escaped. */
    private static void addAll(List<String> words, String option, @Nullable List<@Nullable String> values) {
        if (values == null) {
            return;
        }
        for (String value : values) {
            if (value == null) {
                throw ApiError.bad(option.substring(2) + " holds null, expected names of columns");
            }
            words.add(option + "=" + value.replace("\\", "\\\\").replace(",", "\\,"));
        }
    }
}
