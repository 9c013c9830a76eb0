package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.AtomicFile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One file of results where the user wants it: CSV, or Parquet where its name says so.
 *
 * @param path of the file
 */
public record ResultFile(Path path) {
    private static final int MOST_LINKS = 40;

    /**
     * Checks the place; creates nothing.
     *
     * @throws InvalidInputException if the path is a folder, or its folder cannot be written to
     */
    public static ResultFile at(Path path) {
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(
                    path + " is a folder, expected the name of a file such as " + path.resolve("predictions.csv"));
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.endsWith(".json") || name.endsWith(".npz") || name.endsWith(".npy")) {
            throw new InvalidInputException(path + " is not a name for a table; end it with .csv or .parquet");
        }
        if (Files.exists(path) && !Files.isWritable(path)) {
            throw new InvalidInputException(path + " cannot be written to; check its permissions");
        }
        if (isStream(path)) {
            return new ResultFile(path);
        }
        for (Path parent = target(path).toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
                    throw new InvalidInputException(
                            path + " cannot be written to: " + parent + " is no folder, or not writable");
                }
                break;
            }
        }
        return new ResultFile(path);
    }

    /**
     * Writes the table, over what is there; makes the folder if need be. A link stays and what it points to is replaced; a
     * device or a pipe is written to.
     */
    public void write(List<ResultColumn> columns) {
        boolean parquet = path.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
        try (ResultTable table = ResultTable.of(columns)) {
            AtomicFile.Content content = parquet ? table::writeParquet : table::writeCsv;
            if (isStream(path)) {
                stream(content);
            } else {
                replace(content);
            }
        }
    }

    private void replace(AtomicFile.Content content) {
        Path target = target(path);
        List<Path> made = new ArrayList<>();
        boolean written = false;
        try {
            FolderLock.make(Objects.requireNonNull(target.toAbsolutePath().getParent(), "a file is in a folder"), made);
            AtomicFile.write(target, content);
            written = true;
        } catch (IOException problem) {
            throw AtomicFile.unwritable(path, problem);
        } finally {
            if (!written) {
                FolderLock.deleteEmpty(made);
            }
        }
    }

    private void stream(AtomicFile.Content content) {
        try {
            Path whole = Files.createTempFile("assay-", ".table");
            try {
                content.write(whole);
                try (OutputStream out = open()) {
                    Files.copy(whole, out);
                }
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException problem) {
            throw AtomicFile.unwritable(path, problem);
        }
    }

    /** The standard streams as they are, so that a file that they lead to is gone on with, not written over. */
    private OutputStream open() throws IOException {
        return switch (path.toString()) {
            case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" -> new FileOutputStream(FileDescriptor.out);
            case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" -> new FileOutputStream(FileDescriptor.err);
            default -> Files.newOutputStream(path, StandardOpenOption.WRITE);
        };
    }

    /** Whether what is there cannot be replaced, only written to: a device, a pipe, an open file by its number. */
    private static boolean isStream(Path path) {
        return (Files.exists(path) && !Files.isRegularFile(path))
                || path.startsWith("/dev")
                || path.startsWith("/proc");
    }

    /** What a path means after all symbolic links, whether there is such a file or not. */
    private static Path target(Path path) {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MOST_LINKS) {
                throw new InvalidInputException(path + " is a symbolic link that leads back to itself");
            }
            try {
                target = target.resolveSibling(Files.readSymbolicLink(target));
            } catch (IOException problem) {
                throw new InvalidInputException(
                        path + " is a symbolic link that cannot be followed: " + problem.getMessage(), problem);
            }
        }
        return target;
    }
}
