package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A table of results where the user wants it: CSV, or Parquet where its name says so.
 *
 * @param file to be written
 */
public record ResultFile(OutputFile file) {
    /**
     * Checks the place; creates nothing.
     *
     * @throws InvalidInputException if the path is a folder, is named like something else, or its folder cannot be written to
     */
    public static ResultFile at(Path path) {
        OutputFile file = OutputFile.at(path, "predictions.csv");
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.endsWith(".json") || name.endsWith(".npz") || name.endsWith(".npy")) {
            throw new InvalidInputException(path + " is not a name for a table; end it with .csv or .parquet");
        }
        return new ResultFile(file);
    }

    /** Writes the table, see {@link OutputFile#write}. */
    public void write(List<ResultColumn> columns) {
        write(ResultBlocks.of(columns));
    }

    /** The same of a table that comes in blocks: with memory for a few of them. The bytes do not depend on where they end. */
    public void write(ResultBlocks blocks) {
        boolean parquet = file.path().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
        file.write(path -> ResultWriter.write(blocks, List.of(new ResultWriter.Target(path, parquet))));
    }
}
