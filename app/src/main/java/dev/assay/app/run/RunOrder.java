package dev.assay.app.run;

import dev.assay.app.result.RunRecord;
import dev.assay.io.result.RunDirectory;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was asked for otherwise than by a command line, into a folder that holds none.
 *
 * @param run what
 * @param out the folder
 * @param threads how many, or null for all processors
 */
public record RunOrder(LearningRun run, Path out, @Nullable Integer threads) {
    /** The words of a command line that does the same, without {@code assay}. */
    public List<String> arguments() {
        return CommandLineWords.of(this);
    }

    /**
     * Carries it out.
     *
     * @return what was found, for one screen
     * @throws dev.assay.data.InvalidInputException if the files cannot be worked with
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public String run(Progress progress) {
        List<String> commandLine = new ArrayList<>(List.of("assay"));
        commandLine.addAll(arguments());
        try (Workers workers = Workers.of(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
                RunDirectory directory = RunDirectory.open(out, RunDirectory.Existing.REFUSE)) {
            RunRecord record = new RunRecord(run.command(), commandLine, run.seed(), workers.threads());
            return run.execute(directory, record, workers, progress).screen(false);
        }
    }
}
