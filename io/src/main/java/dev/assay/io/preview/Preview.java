package dev.assay.io.preview;

import dev.assay.io.array.Pictures;
import dev.assay.io.file.FileFormat;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.ReadSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first look at a file: its columns, what they would be taken for, and its first rows. Nothing is encoded, so it is quick
 * for large files too.
 *
 * @param format of the file
 * @param records how many it has, a header not counted
 * @param columns in the order of the file
 * @param rows the first rows, a text for each column as the file has it, null where it is missing
 * @param labels the columns that may hold the labels, the likeliest first
 * @param needsLabels whether the labels must be in a file of their own
 * @param pictures the first rows as pictures, or null where they are none
 */
public record Preview(
        FileFormat format,
        int records,
        List<PreviewColumn> columns,
        List<List<@Nullable String>> rows,
        List<String> labels,
        boolean needsLabels,
        @Nullable Pictures pictures) {
    /** The number of rows that are shown. */
    public static final int ROWS = 20;

    /** Copies the lists. */
    public Preview {
        columns = List.copyOf(columns);
        labels = List.copyOf(labels);
        // cells may be null
        rows = Collections.unmodifiableList(new ArrayList<>(rows));
    }

    /**
     * Looks at a file.
     *
     * @param header whether the first line of a text table names its columns
     * @throws dev.assay.data.InvalidInputException with one clear line if it cannot be read
     */
    public static Preview of(Path path, ReadSettings.Header header, int threads) {
        InputFile file = InputFile.at(path);
        return file.format().isTable()
                ? new TablePreview(file, header, threads).preview()
                : new ArrayPreview(file).preview();
    }
}
