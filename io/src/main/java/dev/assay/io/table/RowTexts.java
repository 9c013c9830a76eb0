package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.read.DataSource;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;

/** Some rows of a table as they stand in its file. */
public final class RowTexts {
    /** A name that no column of the user has. */
    private static final String PLACE = DuckDatabase.identifier("assay: place");

    private RowTexts() {}

    /**
     * The texts of the given columns, one list per record in the order of {@code records}; a missing value is an empty
     * text. One pass over the file.
     *
     * @param records 0-based, distinct, in any order
     * @throws InvalidInputException if the file is no longer what it was when it was read
     */
    public static List<List<String>> of(DataSource source, List<String> columns, int[] records) {
        if (records.length == 0 || columns.isEmpty()) {
            return Arrays.stream(records).mapToObj(record -> List.<String>of()).toList();
        }
        return source.content().unchanged(() -> read(source, columns, records));
    }

    private static List<List<String>> read(DataSource source, List<String> columns, int[] records) {
        int[] places = new int[source.records()];
        Arrays.fill(places, -1);
        for (int place = 0; place < records.length; place++) {
            places[records[place]] = place;
        }
        try (DuckDatabase database = DuckDatabase.open(1)) {
            TableLayout layout = TableLayout.of(source.file(), source.header(), database);
            if (layout.records() != source.records() || !layout.names().containsAll(columns)) {
                throw new InvalidInputException(source.path() + " was changed since it was read: it had "
                        + source.records() + " rows, now " + layout.records() + "; run again");
            }
            database.execute("CREATE TABLE places (" + PLACE + " INTEGER)");
            try (DuckDBAppender appender = database.appender("places")) {
                for (int place : places) {
                    appender.beginRow();
                    appender.append(place);
                    appender.endRow();
                }
            }
            boolean[] asText = new boolean[layout.columns().size()];
            Arrays.fill(asText, true);
            List<String> wanted = new ArrayList<>();
            for (String column : columns) {
                wanted.add(layout.columns().get(layout.names().indexOf(column)).text());
            }
            return database.texts("SELECT " + wanted.stream().collect(Collectors.joining(", "))
                    + " FROM (SELECT * FROM "
                    + layout.relation(asText) + ") AS data POSITIONAL JOIN places WHERE " + PLACE + " >= 0 ORDER BY "
                    + PLACE);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(source.path(), problem);
        }
    }
}
