package dev.assay.io;

import java.nio.file.Path;
import java.util.List;

/**
 * The folder that a run writes its results to. Each file is written beside its place and then renamed, so that it is either
 * whole or not there; run.json comes last, so that a folder with a run.json holds a whole run. Nothing is created before
 * the first file is written.
 */
public final class RunDirectory {

    /** What to do with the results that a folder already holds. */
    public enum Existing {
        /** Stop with a message. */
        REFUSE,
        /** Delete them when the first file is written. */
        REPLACE,
        /** Keep them: the run is being continued. */
        CONTINUE
    }

    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Checks the folder; creates and deletes nothing.
     *
     * @throws dev.assay.data.InvalidInputException if it holds a run and that is to be refused, or it is no folder
     */
    public static RunDirectory open(Path directory, Existing existing) {
        if (existing == Existing.REFUSE) {
            throw new UnsupportedOperationException();
        }
        return new RunDirectory(directory);
    }

    /** The folder. */
    public Path path() {
        return directory;
    }

    /** The place of a file of the given name, for what a run keeps while it goes on (a checkpoint). */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Writes rows.csv and rows.parquet from the same columns. */
    @SuppressWarnings("DoNotCallSuggester")
    public void writeRows(List<ResultColumn> columns) {
        throw new UnsupportedOperationException(columns.toString());
    }

    /** Writes trajectory.csv. */
    @SuppressWarnings("DoNotCallSuggester")
    public void writeTrajectory(List<ResultColumn> columns) {
        throw new UnsupportedOperationException(columns.toString());
    }

    /**
     * Writes the given records of the input file, unchanged: purified.csv and, for other formats, a file of the same format
     * (purified.npz for arrays).
     *
     * @param records 0-based, ascending
     * @return the files, the one in the format of the input first
     */
    @SuppressWarnings("DoNotCallSuggester")
    public List<Path> writePurified(LoadedData data, int[] records) {
        throw new UnsupportedOperationException(data.source() + " " + records.length);
    }

    /** Writes run.json from a tree of records, lists and maps; NaN and infinite numbers become null. */
    @SuppressWarnings("DoNotCallSuggester")
    public void finish(Object run) {
        throw new UnsupportedOperationException(run.toString());
    }
}
