package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.corrected.CorrectedWriter;
import dev.assay.io.file.AtomicFile;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.read.LoadedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The folder that a run writes its results to; no other run has it meanwhile. All files are written into a folder inside it
 * and take their places together when the run is whole, run.json last: until then what was there before stays as it was, and
 * a run that ends early leaves nothing. Where even the taking of places is cut short, the next run there ends it first.
 */
public final class RunDirectory implements AutoCloseable {

    /** The report, for people. */
    public static final String REPORT = "report.html";
    /** What the report shows, for programs. */
    public static final String REPORT_DATA = "report.json";
    /** What a purification that was interrupted goes on from; gone once a run is whole. */
    public static final String CHECKPOINT = "checkpoint.txt";

    /** The file that makes a folder a model. */
    public static final String MODEL = "model.json";
    /** The network of the user's own that makes the features of a model. */
    public static final String NETWORK = "model-network.onnx";
    /** With what the names of the files of a model's matrices begin. */
    public static final String MATRIX_PREFIX = "model-";

    public static final String MATRIX_SUFFIX = ".npy";
    private static final String RUN = "run.json";
    private static final String ROWS = "rows.csv";
    private static final String ROWS_PARQUET = "rows.parquet";
    /** What came of checks. */
    public static final String CHECKS = "check.json";

    private static final String TRAJECTORY = "trajectory.csv";
    private static final String PREDICTIONS = "predictions.csv";
    private static final String PURIFIED = "purified.";
    private static final String STAGED = ".assay-unfinished";
    /** In the folder of what was written: the earlier run is gone, what stands beside is of this one. */
    private static final String CLEARED = "cleared";

    /** What to do with the results that a folder already holds. */
    public enum Existing {
        /** Stop with a message. */
        REFUSE,
        /** Replace them when the run is whole. */
        REPLACE,
        /** Replace them when the run is whole, which is being continued. */
        CONTINUE
    }

    private final Path directory;
    private final FolderLock lock;
    private boolean staging;

    private RunDirectory(Path directory, FolderLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes the folder until this is closed; makes it if need be.
     *
     * @throws InvalidInputException if it holds a run and that is to be refused, another run has it, or it is no folder
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
        RunDirectory run = new RunDirectory(directory, FolderLock.take(directory));
        try {
            run.recover();
            if (existing == Existing.REFUSE) {
                run.requireFree();
            }
        } catch (RuntimeException refused) {
            run.lock.close();
            throw refused;
        }
        return run;
    }

    private void requireFree() {
        List<Path> results = results(directory);
        if (!results.isEmpty()) {
            throw new InvalidInputException(
                    directory + " already holds a run (" + results.get(0).getFileName() + ")",
                    List.of(Remedy.of("name another folder"), Remedy.by("replace it", "force", "")));
        }
        if (Files.exists(file(CHECKPOINT))) {
            throw new InvalidInputException(
                    directory + " holds an interrupted run",
                    List.of(Remedy.by("go on with it", "resume", ""), Remedy.by("replace it", "force", "")));
        }
    }

    /** The folder. */
    public Path path() {
        return directory;
    }

    /** The place of a file of the given name in the whole run, or of what a run keeps while it goes on (a checkpoint). */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Whether a file is one of those that a run writes into its folder, or may have written there. */
    public boolean isOwn(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        return directory.toAbsolutePath().normalize().equals(parent)
                && (names().contains(String.valueOf(file.getFileName()))
                        || isMatrix(String.valueOf(file.getFileName())));
    }

    /** What a killed run left: a whole run takes its places, the rest goes. */
    private void recover() {
        Path staged = file(STAGED);
        try {
            if (Files.exists(staged.resolve(RUN))) {
                settle();
            } else {
                deleteAll(staged);
            }
        } catch (IOException | UncheckedIOException problem) {
            throw new InvalidInputException(
                    staged + " is left of a run that was killed and cannot be cleared away: " + problem.getMessage(),
                    problem);
        }
    }

    /** Everything written so far takes its place; what belongs to an earlier run goes. */
    private void settle() throws IOException {
        Path staged = file(STAGED);
        Files.deleteIfExists(file(RUN));
        List<Path> files;
        try (Stream<Path> there = Files.list(staged)) {
            files = there.sorted().toList();
        }
        Path cleared = staged.resolve(CLEARED);
        if (!Files.exists(cleared)) {
            for (Path result : results(directory)) {
                Files.delete(result);
            }
            Files.createFile(cleared);
        }
        for (Path file : files) {
            if (!file.endsWith(RUN) && !file.endsWith(CLEARED)) {
                AtomicFile.moveOver(file, file(String.valueOf(file.getFileName())));
            }
        }
        Files.deleteIfExists(file(CHECKPOINT));
        AtomicFile.moveOver(staged.resolve(RUN), file(RUN));
        deleteAll(staged);
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder);
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Lets go of the folder; of a run that is not whole nothing stays but its checkpoint. */
    @Override
    public void close() {
        Path staged = file(STAGED);
        try {
            if (staging && !Files.exists(staged.resolve(RUN))) {
                deleteAll(staged);
            }
        } catch (IOException | UncheckedIOException problem) {
            // the next run in this folder clears it away
            staging = false;
        } finally {
            lock.close();
        }
    }

    /**
     * Writes rows.csv and rows.parquet from the same columns, in the order of the input.
     *
     * @param columns the first says which row of the input each line is about
     */
    public void writeRows(List<ResultColumn> columns) {
        writeRows(ResultBlocks.of(inInputOrder(columns)));
    }

    /**
     * The same of a table that comes in blocks: with memory for a few of them. The bytes do not depend on where they end.
     *
     * @param blocks in the order of the input
     */
    public void writeRows(ResultBlocks blocks) {
        writeWhole(
                ROWS,
                path -> ResultWriter.write(
                        blocks,
                        List.of(
                                new ResultWriter.Target(path, false),
                                new ResultWriter.Target(path.resolveSibling(ROWS_PARQUET), true))));
    }

    private static List<ResultColumn> inInputOrder(List<ResultColumn> columns) {
        if (!(columns.get(0) instanceof ResultColumn.Integers rows)) {
            throw new IllegalArgumentException(
                    "the first column of rows.csv is " + columns.get(0).name());
        }
        int[] places = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) -> rows.values()[place]))
                .mapToInt(Integer::intValue)
                .toArray();
        return columns.stream().map(column -> column.select(places)).toList();
    }

    /** Writes trajectory.csv. */
    public void writeTrajectory(List<ResultColumn> columns) {
        writeTable(TRAJECTORY, columns);
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
        FileFormat format = data.source().format();
        List<Path> written = new ArrayList<>();
        if (!format.isTable()) {
            written.add(writeWhole(PURIFIED + FileFormat.NPZ.extension(), writer::writeArrays));
            return written;
        }
        written.add(writeWhole(PURIFIED + format.extension(), writer::writeSameFormat));
        if (format != FileFormat.CSV) {
            written.add(writeWhole(PURIFIED + FileFormat.CSV.extension(), writer::writeCsv));
        }
        return written;
    }

    /** Writes a text file of the given name. */
    public Path writeText(String name, String text) {
        return writeWhole(name, path -> Files.writeString(path, text, StandardCharsets.UTF_8));
    }

    /** Writes a file of the given name. */
    public Path writeBytes(String name, byte[] content) {
        return writeWhole(name, path -> Files.write(path, content));
    }

    /** Copies a file, under the given name. */
    public Path copy(String name, Path source) {
        return writeWhole(name, path -> Files.copy(source, path));
    }

    /**
     * Writes run.json from a tree of records, lists and maps, see {@link JsonFiles}; the run is whole then, and takes its
     * place.
     */
    public void finish(Object run) {
        Path staged = file(STAGED);
        String unfinished = RUN + AtomicFile.UNFINISHED;
        writeText(unfinished, JsonFiles.text(run));
        try {
            try (Stream<Path> files = Files.list(staged)) {
                for (Path file : files.toList()) {
                    AtomicFile.force(file);
                }
            }
            AtomicFile.moveOver(staged.resolve(unfinished), staged.resolve(RUN));
            settle();
            staging = false;
        } catch (IOException | UncheckedIOException problem) {
            throw new InvalidInputException(
                    directory + " cannot be written to: " + problem.getMessage()
                            + "; check the free space and the permissions",
                    problem);
        }
    }

    /** Writes a table of results: the name ends in .csv. */
    public Path writeTable(String name, List<ResultColumn> columns) {
        return writeWhole(
                name,
                path -> ResultWriter.write(ResultBlocks.of(columns), List.of(new ResultWriter.Target(path, false))));
    }

    private Path writeWhole(String name, AtomicFile.Content content) {
        Path place = file(name);
        try {
            Files.createDirectories(file(STAGED));
            staging = true;
            content.write(file(STAGED).resolve(name));
        } catch (IOException problem) {
            throw AtomicFile.unwritable(place, problem);
        }
        return place;
    }

    /** The files of a run that are there; run.json first, so that a half-deleted run is no run. */
    private static List<Path> results(Path directory) {
        List<Path> there = new ArrayList<>(
                names().stream().map(directory::resolve).filter(Files::exists).toList());
        there.addAll(matrices(directory));
        return there;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of(RUN, MODEL, NETWORK, ROWS, ROWS_PARQUET, TRAJECTORY, PREDICTIONS));
        names.addAll(List.of(REPORT, REPORT_DATA, CHECKS));
        for (FileFormat format : FileFormat.values()) {
            names.add(PURIFIED + format.extension());
        }
        return names;
    }

    private static boolean isMatrix(String name) {
        return name.startsWith(MATRIX_PREFIX) && name.endsWith(MATRIX_SUFFIX);
    }

    /** The matrices of a model. */
    private static List<Path> matrices(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isMatrix(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException problem) {
            throw new InvalidInputException(directory + " cannot be looked into: " + problem.getMessage(), problem);
        }
    }
}
