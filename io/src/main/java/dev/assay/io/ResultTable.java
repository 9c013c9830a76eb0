package dev.assay.io;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** Columns of results, ready to be written in several formats with the same values. */
final class ResultTable implements AutoCloseable {

    private static final String NAME = "results";

    private final DuckDatabase database;

    private ResultTable(DuckDatabase database) {
        this.database = database;
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
                    + columns.stream()
                            .map(column -> DuckDatabase.identifier(column.name()) + " " + type(column))
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
        return new ResultTable(database);
    }

    void writeCsv(Path path) throws IOException {
        copy(path, "FORMAT csv, HEADER true");
    }

    void writeParquet(Path path) throws IOException {
        copy(path, "FORMAT parquet");
    }

    @Override
    public void close() {
        database.close();
    }

    private void copy(Path path, String options) throws IOException {
        try {
            database.execute("COPY " + NAME + " TO "
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
