package dev.assay.io.result;

import dev.assay.io.table.DuckDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;

/** Columns of results, ready to be written in several formats with the same values. */
final class ResultTable implements AutoCloseable {

    private static final String NAME = "results";

    private final DuckDatabase database;

    private final List<ResultColumn> columns;

    private ResultTable(DuckDatabase database, List<ResultColumn> columns) {
        this.database = database;
        this.columns = columns;
    }

    /** One thread: the row groups of a Parquet file, and so its bytes, must not depend on the machine. */
    static ResultTable of(List<ResultColumn> columns) {
        int rows = columns.isEmpty() ? 0 : columns.get(0).size();
        for (ResultColumn column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException(
                        "column '" + column.name() + "' has " + column.size() + " cells, the first column has " + rows);
            }
        }
        DuckDatabase database = DuckDatabase.open(1);
        try {
            database.execute("CREATE TABLE " + NAME + " ("
                    + IntStream.range(0, columns.size())
                            .mapToObj(place -> key(place) + " " + type(columns.get(place)))
                            .collect(Collectors.joining(", "))
                    + ")");
            try (DuckDBAppender appender = database.appender(NAME)) {
                for (int row = 0; row < rows; row++) {
                    appender.beginRow();
                    for (ResultColumn column : columns) {
                        append(appender, column, row);
                    }
                    appender.endRow();
                }
            }
        } catch (SQLException problem) {
            database.close();
            throw new IllegalStateException("results cannot be collected: " + problem.getMessage(), problem);
        }
        return new ResultTable(database, columns);
    }

    void writeCsv(Path path) throws IOException {
        if (!namesCollide()) {
            copy(path, "FORMAT csv, HEADER true");
            return;
        }
        copy(path, "FORMAT csv, HEADER false");
        String header = columns.stream()
                .map(column -> "\"" + column.name().replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(","));
        Path rows = path.resolveSibling(path.getFileName() + ".rows");
        Files.move(path, rows);
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
            Files.copy(rows, out);
        } finally {
            Files.delete(rows);
        }
    }

    /** Names that differ in case alone, as labels may, are told apart by a number: DuckDB takes them for one. */
    void writeParquet(Path path) throws IOException {
        copy(path, "FORMAT parquet");
    }

    private boolean namesCollide() {
        Set<String> names = new HashSet<>();
        return columns.stream().anyMatch(column -> !names.add(column.name().toLowerCase(Locale.ROOT)));
    }

    private static String key(int place) {
        return "c" + place;
    }

    @Override
    public void close() {
        database.close();
    }

    private void copy(Path path, String options) throws IOException {
        try {
            database.execute("COPY (SELECT "
                    + IntStream.range(0, columns.size())
                            .mapToObj(place -> key(place) + " AS "
                                    + DuckDatabase.identifier(columns.get(place).name()))
                            .collect(Collectors.joining(", "))
                    + " FROM " + NAME + ") TO "
                    + DuckDatabase.quoted(path.toAbsolutePath().toString()) + " (" + options + ")");
        } catch (SQLException problem) {
            throw new IOException(problem.getMessage(), problem);
        }
    }

    private static String type(ResultColumn column) {
        if (column instanceof ResultColumn.Integers) {
            return "INTEGER";
        }
        if (column instanceof ResultColumn.Reals) {
            return "DOUBLE";
        }
        return column instanceof ResultColumn.Truths ? "BOOLEAN" : "VARCHAR";
    }

    private static void append(DuckDBAppender appender, ResultColumn column, int row) throws SQLException {
        if (column instanceof ResultColumn.Integers integers) {
            int value = integers.values()[row];
            if (value == ResultColumn.Integers.MISSING) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        } else if (column instanceof ResultColumn.Reals reals) {
            double value = reals.values()[row];
            if (Double.isNaN(value)) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        } else if (column instanceof ResultColumn.Truths truths) {
            appender.append(truths.values()[row]);
        } else if (column instanceof ResultColumn.Texts texts) {
            String value = texts.values().get(row);
            if (value == null) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    }
}
