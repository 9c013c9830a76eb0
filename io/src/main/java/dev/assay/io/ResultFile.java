package dev.assay.io;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One file of results where the user wants it: CSV, or Parquet where its name says so.
 *
 * @param path of the file
 */
public record ResultFile(Path path) {
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
        for (Path parent = path.toAbsolutePath().getParent(); parent != null; parent = parent.getParent()) {
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

    /** Writes the table, over what is there; makes the folder if need be. */
    public void write(List<ResultColumn> columns) {
        Path folder = path.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException problem) {
            throw WholeFile.unwritable(path, problem);
        }
        boolean parquet = path.toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
        try (ResultTable table = ResultTable.of(columns)) {
            WholeFile.write(path, parquet ? table::writeParquet : table::writeCsv);
        }
    }
}
