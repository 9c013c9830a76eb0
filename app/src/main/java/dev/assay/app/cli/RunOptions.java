package dev.assay.app.cli;

import dev.assay.data.InvalidInputException;
import dev.assay.io.result.RunDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How to run what writes a folder. */
final class RunOptions extends CommonOptions {
    @Option(names = "--force", description = "Replace the run that DIR holds already.")
    private boolean force;

    @Option(
            names = "--explain",
            description =
                    "Say more: why, by which evidence, how mixed each part is, how the data was taken. All of it is in"
                            + " report.html, too.")
    boolean explain;

    /** The directory of results, taken until it is closed. */
    RunDirectory directory(Path out, boolean resume) {
        if (resume && force) {
            throw new InvalidInputException(
                    "--resume goes on with the run in " + out + ", --force replaces it: choose one");
        }
        return RunDirectory.open(
                out,
                resume
                        ? RunDirectory.Existing.CONTINUE
                        : force ? RunDirectory.Existing.REPLACE : RunDirectory.Existing.REFUSE);
    }
}
