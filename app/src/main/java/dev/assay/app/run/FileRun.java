package dev.assay.app.run;

import dev.assay.app.result.RunRecord;
import dev.assay.io.result.RunDirectory;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/** A whole run, from files to a folder of results: what the command line and the web page ask for alike. */
public sealed interface FileRun permits LearningRun, EvaluateRun, CheckRun {
    /** The command that asks for it. */
    String command();

    /** The seed of everything that is drawn. */
    long seed();

    /**
     * Reads, computes and writes.
     *
     * @param directory where the results go; null, which diagnose, evaluate and check alone can, to write nothing
     * @param record of this run, which has just begun
     * @throws dev.assay.data.InvalidInputException if the files cannot be worked with
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    Finished execute(@Nullable RunDirectory directory, RunRecord record, Workers workers, Progress progress);

    /** A run that is done. */
    interface Finished {
        /**
         * What it found, for one screen.
         *
         * @param explained whether to say why, and by which evidence
         */
        String screen(boolean explained);

        /** Whether everything holds that the run was to check. */
        default boolean holds() {
            return true;
        }
    }
}
