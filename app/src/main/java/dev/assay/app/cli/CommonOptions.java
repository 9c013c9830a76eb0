package dev.assay.app.cli;

import dev.assay.data.InvalidInputException;
import dev.assay.work.Workers;
import picocli.CommandLine.Option;

/** What every command takes. */
class CommonOptions {
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

    /** As many workers as asked for. */
    Workers workers() {
        if (threads < 1) {
            throw new InvalidInputException("--threads is " + threads + ", expected at least 1");
        }
        return Workers.of(threads);
    }
}
