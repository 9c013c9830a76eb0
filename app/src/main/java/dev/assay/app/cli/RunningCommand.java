package dev.assay.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A command that describes a run from files to files. */
interface RunningCommand {
    /**
     * The run that its options describe.
     *
     * @throws dev.assay.data.InvalidInputException if an option has a value that it cannot have
     */
    FileRun described();

    /** Where the results go, or null to write nothing. */
    @Nullable
    Path out();
}
