package dev.assay.app.cli;

import dev.assay.data.InvalidInputException;
import dev.assay.io.RunDirectory;
import dev.assay.work.Workers;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How to run, whatever is run. */
final class RunOptions {
    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Start of all random choices; the same data and seed give the same files (default: 1).")
    long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many to use (default: all processors); the results do not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--quiet", description = "Files and exit status only: no progress, no report.")
    boolean quiet;

    @Option(names = "--force", description = "Replace the run that DIR holds already.")
    private boolean force;

    /** As many workers as asked for. */
    Workers workers() {
        if (threads < 1) {
            throw new InvalidInputException("--threads is " + threads + ", expected at least 1");
        }
        return Workers.of(threads);
    }

    /** The directory of results, looked at but not touched. */
    RunDirectory directory(Path out, boolean resume) {
        if (resume && force) {
            throw new InvalidInputException(
                    "--resume goes on with the run in " + out + ", --force replaces it: choose one");
        }
        RunDirectory directory = RunDirectory.open(
                out,
                resume
                        ? RunDirectory.Existing.CONTINUE
                        : force ? RunDirectory.Existing.REPLACE : RunDirectory.Existing.REFUSE);
        if (!resume && !force && Checkpoint.existsIn(directory)) {
            throw new InvalidInputException(
                    out + " holds an interrupted run: go on with it by --resume, or replace it by --force");
        }
        return directory;
    }
}
