package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.DataSource;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** In which lines of a text table its records begin, as an editor counts them. */
public final class RecordLines {
    private RecordLines() {}

    /**
     * The line of each record, counted from 1, the line of column names included; null where a file has no lines that a person
     * could look up. One pass over the file.
     *
     * @param records 0-based, in any order
     * @throws InvalidInputException if the file is no longer what it was when it was read
     */
    public static long @Nullable [] of(DataSource source, int[] records) {
        DataSource.TextLayout layout = source.text();
        if (layout == null || records.length == 0) {
            return null;
        }
        int last = Arrays.stream(records).max().orElse(0);
        long[] lines = new long[last + 1];
        InputFile file = source.file();
        try (DelimitedRecords splitter = new DelimitedRecords(file, layout.delimiter())) {
            if (layout.header()) {
                splitter.next();
            }
            for (int record = 0; record <= last; record++) {
                if (!splitter.next()) {
                    throw new InvalidInputException(source.path() + " was changed since it was read: it had "
                            + source.records() + " rows, now " + record + "; run again");
                }
                lines[record] = splitter.line();
            }
        } catch (IOException problem) {
            throw file.unreadable(problem);
        }
        // line ends that are carriage returns alone are not counted: better none than wrong ones
        if (last > 0 && lines[last] == lines[0]) {
            return null;
        }
        return Arrays.stream(records).mapToLong(record -> lines[record]).toArray();
    }
}
