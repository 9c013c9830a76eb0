package dev.assay.app.cli;

import dev.assay.app.result.Choice;
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
        return Workers.of(Choice.atLeastOne("--threads", threads));
    }
}
