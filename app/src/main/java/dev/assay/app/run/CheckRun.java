package dev.assay.app.run;

import dev.assay.app.report.DivisionSections;
import dev.assay.app.result.CheckWords;
import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.EarlierRuns;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.JUnitXml;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.CheckScreen;
import dev.assay.app.screen.DivisionScreen;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.app.screen.Screen;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.result.OutputFile;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.CheckLimits;
import dev.assay.job.CheckOutcome;
import dev.assay.job.CheckRequest;
import dev.assay.job.DivideOutcome;
import dev.assay.job.EarlierRun;
import dev.assay.job.LabelledRows;
import dev.assay.job.RunOutcome;
import dev.assay.job.RunRequest;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hold data against limits and against an earlier run, for a pipeline.
 *
 * @param input what it reads; its test data is what accuracy is measured with
 * @param limits what the data must keep to
 * @param reference the folder of an earlier run, or null
 * @param junit where the checks go as results of tests, or null
 * @param seed of everything that is drawn
 */
public record CheckRun(
        RunInput input,
        CheckLimits limits,
        @Nullable Path reference,
        @Nullable Path junit,
        long seed) implements FileRun {
    /**
     * Checks that there is something to check.
     *
     * @throws InvalidInputException if there is no limit and no earlier run, or test data that nothing is measured with
     */
    public CheckRun {
        if (!limits.isAny() && reference == null) {
            throw new InvalidInputException(
                    "there is nothing to check: give a limit, such as --max-noise 3%, --max-blocks 1 or"
                            + " --min-accuracy 0.9, or an earlier run to compare with, --reference DIR");
        }
        if (input.test() != null && limits.accuracy() == null) {
            throw new InvalidInputException("--test " + input.test()
                    + " is there to measure accuracy with: say how good it must be, for example --min-accuracy 0.9");
        }
    }

    /** What was found, and written. */
    private record Checked(RunInput.Loaded read, CheckWords words, List<Path> files) implements Finished {
        @Override
        public boolean holds() {
            return words.outcome().holds();
        }

        @Override
        public String screen(boolean explained) {
            Screen screen = new Screen();
            CheckScreen.show(words, screen);
            screen.title("What to do next");
            words.advice(!files.isEmpty()).forEach(screen::line);
            DivideOutcome divided = words.outcome().divided();
            if (explained && divided != null) {
                new DivisionScreen(screen, new Divided(read.data(), read.about(), divided))
                        .verdict("", List.of())
                        .blocks()
                        .unexplained()
                        .confusions()
                        .why(List.of())
                        .potential()
                        .evidence();
            }
            return screen + "\n"
                    + new PurificationScreen().data(read.data(), explained).end(files, explained);
        }
    }

    @Override
    public String command() {
        return "check";
    }

    @Override
    public Finished execute(@Nullable RunDirectory directory, RunRecord record, Workers workers, Progress progress) {
        OutputFile tests = junitFile(directory);
        EarlierRun earlier = earlier(directory);
        OfferedModels models = OfferedModels.here(OfferedModels.ALL);
        RunInput.Loaded read = input.readWhole(record, seed, models.without(), workers, progress);
        requireSameLabel(earlier, read);
        EncodedRows<Dataset> test = read.test();
        CheckRequest request = new CheckRequest(
                read.data().forJob(),
                test == null ? null : new LabelledRows(test.encoded(), test.sources()),
                new CheckOutcome.Facts(read.about().copies(), read.about().leaks()),
                limits,
                earlier,
                models.learners(),
                seed);
        if (request.isJudged()) {
            progress.expect(
                    limits.accuracy() == null
                            ? ExpectedStages.ofDivision(read.data().dataset())
                            : ExpectedStages.ofModel(
                                    read.data().dataset(), test == null ? 1.0 / RunRequest.HELD_OUT : 0));
        }
        CheckOutcome outcome = request.run(workers, progress, record::lap);
        CheckWords words = new CheckWords(read.data().dataset().size(), limits, outcome);
        if (tests != null) {
            String text = JUnitXml.of("assay check " + input.data().getFileName(), words);
            tests.write(place -> Files.writeString(place, text, StandardCharsets.UTF_8));
        }
        return new Checked(
                read, words, directory == null ? List.of() : write(directory, record, read, words, workers, progress));
    }

    private @Nullable OutputFile junitFile(@Nullable RunDirectory directory) {
        if (junit == null) {
            return null;
        }
        if (!String.valueOf(junit.getFileName()).toLowerCase(Locale.ROOT).endsWith(".xml")) {
            throw new InvalidInputException("--junit " + junit + " is no name for what is written: end it with .xml");
        }
        OutputFile file = OutputFile.at(junit, "checks.xml").apartFrom(input.files());
        return directory == null ? file : file.apartFrom(directory);
    }

    private @Nullable EarlierRun earlier(@Nullable RunDirectory directory) {
        if (reference == null) {
            return null;
        }
        EarlierRun earlier = EarlierRuns.read(reference);
        if (directory != null && isSame(directory.path(), reference)) {
            throw new InvalidInputException("--out and --reference are both " + reference
                    + ": write to another folder, which can be the next reference");
        }
        return earlier;
    }

    private static boolean isSame(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private void requireSameLabel(@Nullable EarlierRun earlier, RunInput.Loaded read) {
        String label = read.data().source().label();
        if (earlier != null && !earlier.profile().labels().name().equals(label)) {
            throw new InvalidInputException("--reference " + reference + " is a run on label '"
                    + earlier.profile().labels().name() + "', this one is on '" + label
                    + "': compare runs on the same label");
        }
    }

    private List<Path> write(
            RunDirectory directory,
            RunRecord record,
            RunInput.Loaded read,
            CheckWords words,
            Workers workers,
            Progress progress) {
        List<Map<String, @Nullable Object>> checks = words.facts();
        boolean holds = words.outcome().holds();
        record.put("holds", holds).put("checks", checks);
        if (reference != null) {
            record.put("comparison", words.comparisonFacts(reference.toString()));
        }
        RunWriter writer = new RunWriter(directory, progress)
                .add(List.of(directory.writeText(
                        RunDirectory.CHECKS, JsonFiles.text(RunRecord.entry("holds", holds, "checks", checks)))));
        DivideOutcome found = words.outcome().divided();
        if (found == null) {
            return writer.finish(record);
        }
        Divided divided = new Divided(read.data(), read.about(), found);
        writer.rows(DivisionTables.rows(divided));
        DivisionFacts.put(record, divided);
        RunOutcome made = words.outcome().made();
        ComparisonWords comparison = made == null
                ? null
                : new ComparisonWords(made.tested().comparison(), made.tested().contradiction());
        String testRows = made == null ? "" : ModelRun.testRows(input, read, made.tested());
        record.put("worth", comparison == null ? divided.worthFacts() : comparison.worthFacts());
        if (comparison != null) {
            record.put("testRows", testRows).put("evaluation", comparison.facts());
        }
        List<String> advice = new ArrayList<>(List.of(words.sentence() + "."));
        words.outcome().checks().stream()
                .filter(check -> !check.holds())
                .forEach(check -> advice.add(CheckWords.name(check) + ": " + words.sentence(check)));
        advice.addAll(words.advice(true));
        return writer.finish(
                record,
                tree -> DivisionSections.of(
                        divided,
                        made == null || comparison == null
                                ? null
                                : new DivisionSections.Tested(made.tested(), comparison, testRows),
                        read.about().before(advice),
                        tree,
                        seed,
                        workers));
    }
}
