package dev.assay.io;

import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that a run writes its results to. Each file is written beside its place and then renamed, so that it is either
 * whole or not there; run.json comes last, so that a folder with a run.json holds a whole run. Nothing is created before
 * the first file is written.
 */
public final class RunDirectory {

    /** The report, for people. */
    public static final String REPORT = "report.html";
    /** What the report shows, for programs. */
    public static final String REPORT_DATA = "report.json";

    private static final String RUN = "run.json";
    private static final String ROWS = "rows.csv";
    private static final String ROWS_PARQUET = "rows.parquet";
    private static final String TRAJECTORY = "trajectory.csv";
    private static final String PREDICTIONS = "predictions.csv";
    private static final String PURIFIED = "purified.";

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
    private boolean toBeCleared;

    private RunDirectory(Path directory, boolean toBeCleared) {
        this.directory = directory;
        this.toBeCleared = toBeCleared;
    }

    /**
     * Checks the folder; creates and deletes nothing.
     *
     * @throws InvalidInputException if it holds a run and that is to be refused, or it is no folder
     */
    public static RunDirectory open(Path directory, Existing existing) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InvalidInputException(directory + " is a file, expected a folder to write the results to");
        }
        for (Path parent = directory.toAbsolutePath(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
                    throw new InvalidInputException(
                            directory + " cannot be written to: " + parent + " is no folder, or not writable");
                }
                break;
            }
        }
        List<Path> results = results(directory);
        if (existing == Existing.REFUSE && !results.isEmpty()) {
            throw new InvalidInputException(
                    directory + " already holds a run (" + results.get(0).getFileName() + ")",
                    List.of(Remedy.of("name another folder"), Remedy.by("replace it", "force", "")));
        }
        return new RunDirectory(directory, existing == Existing.REPLACE);
    }

    /** The folder. */
    public Path path() {
        return directory;
    }

    /** The place of a file of the given name, for what a run keeps while it goes on (a checkpoint). */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Creates the folder, and deletes the results of an earlier run if it is to be replaced. */
    public void prepare() {
        try {
            Files.createDirectories(directory);
            if (toBeCleared) {
                toBeCleared = false;
                for (Path result : results(directory)) {
                    Files.delete(result);
                }
            }
        } catch (IOException problem) {
            throw WholeFile.unwritable(directory, problem);
        }
    }

    /** Writes rows.csv and rows.parquet from the same columns. */
    public void writeRows(List<ResultColumn> columns) {
        try (ResultTable table = ResultTable.of(columns)) {
            writeWhole(ROWS, table::writeCsv);
            writeWhole(ROWS_PARQUET, table::writeParquet);
        }
    }

    /** Writes trajectory.csv. */
    public void writeTrajectory(List<ResultColumn> columns) {
        try (ResultTable table = ResultTable.of(columns)) {
            writeWhole(TRAJECTORY, table::writeCsv);
        }
    }

    /**
     * Writes the given records of the input file, unchanged: a file of the same format (purified.npz for arrays), and
     * purified.csv beside it if that is another table format.
     *
     * @param records 0-based, ascending
     * @return the files, the one in the format of the input first
     */
    public List<Path> writePurified(LoadedData data, int[] records) {
        CorrectedWriter writer = new CorrectedWriter(data.source(), records);
        DataFormat format = data.source().format();
        List<Path> written = new ArrayList<>();
        if (!format.isTable()) {
            written.add(writeWhole(PURIFIED + DataFormat.NPZ.extension(), writer::writeArrays));
            return written;
        }
        written.add(writeWhole(PURIFIED + format.extension(), writer::writeSameFormat));
        if (format != DataFormat.CSV) {
            written.add(writeWhole(PURIFIED + DataFormat.CSV.extension(), writer::writeCsv));
        }
        return written;
    }

    /** Writes a text file of the given name. */
    public Path writeText(String name, String text) {
        return writeWhole(name, path -> Files.writeString(path, text, StandardCharsets.UTF_8));
    }

    /** Writes a file of the given name. */
    Path writeBytes(String name, byte[] content) {
        return writeWhole(name, path -> Files.write(path, content));
    }

    /** Writes run.json from a tree of records, lists and maps, see {@link JsonFiles}; the run is whole then. */
    public void finish(Object run) {
        writeText(RUN, JsonFiles.text(run));
    }

    /** Writes a table of results: the name ends in .csv. */
    public Path writeTable(String name, List<ResultColumn> columns) {
        try (ResultTable table = ResultTable.of(columns)) {
            return writeWhole(name, table::writeCsv);
        }
    }

    private Path writeWhole(String name, WholeFile.Content content) {
        prepare();
        return WholeFile.write(file(name), content);
    }

    /** The files of a run that are there; run.json first, so that a half-deleted run is no run. */
    private static List<Path> results(Path directory) {
        List<String> names =
                new ArrayList<>(List.of(RUN, ModelFolder.FILE, ROWS, ROWS_PARQUET, TRAJECTORY, PREDICTIONS));
        names.addAll(List.of(REPORT, REPORT_DATA));
        for (DataFormat format : DataFormat.values()) {
            names.add(PURIFIED + format.extension());
        }
        List<String> unfinished =
                names.stream().map(name -> name + WholeFile.UNFINISHED).toList();
        names.addAll(unfinished);
        List<Path> there = new ArrayList<>(
                names.stream().map(directory::resolve).filter(Files::exists).toList());
        there.addAll(matrices(directory));
        return there;
    }

    /** The matrices of a model. */
    private static List<Path> matrices(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(ModelArrays.PREFIX)
                                && (name.endsWith(ModelArrays.SUFFIX)
                                        || name.endsWith(ModelArrays.SUFFIX + WholeFile.UNFINISHED));
                    })
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException problem) {
            throw new InvalidInputException(directory + " cannot be looked into: " + problem.getMessage(), problem);
        }
    }
}
