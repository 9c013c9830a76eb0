package dev.assay.io.table;

import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.Memory;
import dev.assay.io.read.ReadSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * All columns of a table file and all of its rows, whatever they are for.
 *
 * @param columns as they stand in the file, without those that number the rows under no name
 * @param named whether the file names them
 */
public record WholeTable(List<Column> columns, boolean named) {
    /** Copies the list. */
    public WholeTable {
        columns = List.copyOf(columns);
    }

    /**
     * Reads a file.
     *
     * @param header whether the first line of a text table names the columns
     * @throws InvalidInputException with one clear line if it cannot be read
     */
    public static WholeTable read(InputFile file, ReadSettings.Header header, int threads) {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, header, database);
            int columns = layout.columns().size();
            Memory.require(file.path().toString(), layout.records(), columns, 2L * columns);
            try {
                return read(layout, database);
            } catch (SQLException misjudged) {
                // the types of a text table come from a sample
                if (layout.text() == null) {
                    throw DuckDatabase.unreadable(file.path(), misjudged);
                }
            }
            try {
                return read(TableLayout.ofWholeText(file, header, database), database);
            } catch (SQLException problem) {
                throw DuckDatabase.unreadable(file.path(), problem);
            }
        }
    }

    private static WholeTable read(TableLayout layout, DuckDatabase database) throws SQLException {
        List<String> selected = new ArrayList<>();
        List<ColumnBuffer> buffers = new ArrayList<>();
        for (TableColumn column : layout.columns()) {
            boolean number = column.kind() == TableColumn.Kind.NUMBER;
            buffers.add(
                    number
                            ? new ColumnBuffer.Numbers(column.name(), layout.records())
                            : new ColumnBuffer.Texts(column.name(), layout.records()));
            selected.add(number ? column.value() : "CAST(" + DuckDatabase.identifier(column.key()) + " AS VARCHAR)");
        }
        RowCollector rows = RowCollector.everyRow(buffers, layout.records());
        database.query(
                "SELECT " + String.join(", ", selected) + " FROM " + layout.relation(new boolean[selected.size()]),
                rows::take);
        List<Column> columns = new ArrayList<>();
        for (int position = 0; position < buffers.size(); position++) {
            Column column = buffers.get(position).build();
            boolean unnamed = layout.unnamed().contains(position);
            if (!(unnamed && RowNumbers.are(column, true, layout.records()))) {
                columns.add(column);
            }
        }
        boolean headless = layout.text() != null && !layout.text().header();
        return new WholeTable(columns, !headless);
    }
}
