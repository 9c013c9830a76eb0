package dev.assay.io.result;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import dev.assay.io.table.DelimitedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of results, read again: such as rows.csv.
 *
 * @param columns the names in the header
 * @param rows the texts of each row by the names of the columns
 */
public record ResultRows(List<String> columns, List<Map<String, String>> rows) {
    /** Copies the lists. */
    public ResultRows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a CSV file.
     *
     * @throws InvalidInputException if it cannot be read
     */
    public static ResultRows read(Path path) {
        return read(path, Integer.MAX_VALUE);
    }

    /** The same of the first rows alone. */
    public static ResultRows read(Path path, int most) {
        InputFile file = InputFile.at(path);
        try (DelimitedRecords records = new DelimitedRecords(file, ',')) {
            List<String> columns = records.next() ? records.texts() : List.of();
            List<Map<String, String>> rows = new ArrayList<>();
            while (rows.size() < most && records.next()) {
                List<String> cells = records.texts();
                Map<String, String> row = new LinkedHashMap<>();
                for (int place = 0; place < Math.min(cells.size(), columns.size()); place++) {
                    row.put(columns.get(place), cells.get(place));
                }
                rows.add(row);
            }
            return new ResultRows(columns, rows);
        } catch (IOException problem) {
            throw file.unreadable(problem);
        }
    }
}
