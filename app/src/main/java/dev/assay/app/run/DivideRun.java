package dev.assay.app.run;

import dev.assay.app.report.DivisionSections;
import dev.assay.app.result.AllRowsWords;
import dev.assay.app.result.Divided;
import dev.assay.app.result.DivisionFacts;
import dev.assay.app.result.DivisionTables;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.RunRecord;
import dev.assay.app.screen.DivisionScreen;
import dev.assay.app.screen.PurificationScreen;
import dev.assay.app.screen.Screen;
import dev.assay.data.InvalidInputException;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Verdict;
import dev.assay.io.result.RunDirectory;
import dev.assay.job.DivideOutcome;
import dev.assay.job.DivideRequest;
import dev.assay.job.DividedRows;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Take data apart.
 *
 * @param input what it reads, without test data
 * @param settings how to divide
 */
public record DivideRun(RunInput input, DivideSettings settings) implements LearningRun {
    /**
     * Checks the input.
     *
     * @throws InvalidInputException if it has test data
     */
    public DivideRun {
        if (input.test() != null) {
            throw new InvalidInputException(
                    "--test " + input.test() + ": dividing has no use for test data; assay run takes it");
        }
    }

    /** What a run found, and wrote. */
    private record Outcome(Divided divided, List<Path> files) implements Finished {
        @Override
        public String screen(boolean explained) {
            Screen screen = new Screen();
            DivisionScreen report = new DivisionScreen(screen, divided)
                    .verdict(
                            divided.grade(),
                            divided.worthInWords().stream().limit(1).toList())
                    .next(advice(divided))
                    .blocks()
                    .unexplained()
                    .confusions();
            if (explained) {
                report.why(divided.worthInWords()).potential().evidence().sources();
            }
            return screen + "\n"
                    + new PurificationScreen().data(divided.data(), explained).end(files, explained);
        }
    }

    @Override
    public DivideRun of(RunInput other) {
        return new DivideRun(other, settings);
    }

    @Override
    public String command() {
        return "divide";
    }

    @Override
    public long seed() {
        return settings.seed();
    }

    @Override
    public Finished execute(@Nullable RunDirectory given, RunRecord record, Workers workers, Progress progress) {
        RunDirectory directory = Objects.requireNonNull(given, "a division is written");
        OfferedModels models = OfferedModels.here(settings.learners());
        try (RunInput.Loaded read = input.read(record, seed(), models.without(), workers, progress)) {
            return divided(read, models, directory, record, workers, progress);
        }
    }

    private Finished divided(
            RunInput.Loaded read,
            OfferedModels models,
            RunDirectory directory,
            RunRecord record,
            Workers workers,
            Progress progress) {
        progress.expect(ExpectedStages.ofDivision(read.data().dataset()));
        DivideOutcome found = new DivideRequest(read.data().forJob(), settings.withLearners(models.learners()))
                .run(workers, progress, record::lap);
        DividedRows everyRow = read.divided(found.division(), seed(), workers, progress);
        Divided divided = new Divided(read.data(), AllRowsWords.about(read.about(), everyRow), found);
        RunWriter writer = new RunWriter(directory, progress);
        if (everyRow == null || read.all() == null) {
            writer.rows(DivisionTables.rows(divided));
        } else {
            record.put("allRows", AllRowsWords.facts(everyRow)).lap("allRows");
            writer.rows(read.all().columns(everyRow, progress));
        }
        DivisionFacts.put(record, divided);
        return new Outcome(
                divided,
                writer.finish(
                        record.put("worth", divided.worthFacts()),
                        tree -> DivisionSections.of(
                                divided, null, divided.about().before(advice(divided)), tree, seed(), workers)));
    }

    private static List<String> advice(Divided divided) {
        List<String> advice = new ArrayList<>(divided.advice());
        if (divided.outcome().division().verdict() != Verdict.TOO_FEW_ROWS) {
            advice.add("Make a model that predicts with these blocks: assay run with the same options.");
        }
        return advice;
    }
}
