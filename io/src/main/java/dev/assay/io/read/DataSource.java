package dev.assay.io.read;

import dev.assay.io.file.FileFormat;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SourceContent;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set came from.
 *
 * @param path the file
 * @param format what it turned out to be
 * @param gzipped whether it is compressed as a whole
 * @param labelsFile the file of the labels, or null where they are in the same file
 * @param records the number of records of the file, those without a label included
 * @param featureColumns the columns (or the one key) that the features come from
 * @param label the column or key that the labels come from; a fixed word where a file holds nothing else
 * @param id the column of the ids, or null
 * @param weight the column of the weights, or null
 * @param text for CSV and TSV: the delimiter and whether there is a header line, or null
 * @param content what its files held when they were read, to be held against every later reading
 */
public record DataSource(
        Path path,
        FileFormat format,
        boolean gzipped,
        @Nullable Path labelsFile,
        int records,
        List<String> featureColumns,
        String label,
        @Nullable String id,
        @Nullable String weight,
        @Nullable TextLayout text,
        SourceContent content) {

    /** Copies the list. */
    public DataSource {
        featureColumns = List.copyOf(featureColumns);
    }

    /** The same with what its files hold. */
    public DataSource with(SourceContent held) {
        return new DataSource(
                path, format, gzipped, labelsFile, records, featureColumns, label, id, weight, text, held);
    }

    /** The file, to be read again. */
    public InputFile file() {
        return new InputFile(path, format, gzipped);
    }

    /** Whether the first line names the columns, to read the file again as it was read. */
    public ReadSettings.Header header() {
        if (text == null) {
            return ReadSettings.Header.AUTO;
        }
        return text.header() ? ReadSettings.Header.PRESENT : ReadSettings.Header.ABSENT;
    }

    /**
     * How a text table is written.
     *
     * @param delimiter what stands between fields
     * @param header whether the first record names the columns
     */
    public record TextLayout(char delimiter, boolean header) {}
}
