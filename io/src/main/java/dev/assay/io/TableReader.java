package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a table file. */
final class TableReader {

    private final InputFile file;
    private final ReadSettings settings;
    private final int threads;

    TableReader(InputFile file, ReadSettings settings, int threads) {
        this.file = file;
        this.settings = settings;
        this.threads = threads;
    }

    /**
     * What a table file holds.
     *
     * @param features the feature columns
     * @param labels the labels, none missing; null if they were not wanted
     * @param ids the user's names of the rows, or null
     * @param sources where the rows come from, or null
     * @param weights the weights, or null
     * @param source where it came from
     * @param notes what the user should know
     */
    record Content(
            Table features,
            Column.@Nullable Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            double @Nullable [] weights,
            DataSource source,
            List<String> notes) {}

    /** Reads data to learn from; rows without a label are left out. */
    Content read() {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.of(settings, file, layout.names());
            return readWithBestTypes(layout, roles, new boolean[layout.columns().size()], true, database);
        }
    }

    /** Where the data comes from; the features are all columns that may become some. */
    DataSource locate() {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.of(settings, file, layout.names());
            return source(
                    layout,
                    roles,
                    roles.features().stream().map(layout.names()::get).toList());
        }
    }

    /**
     * Reads data to be encoded like other data: the same columns, texts where there were texts.
     *
     * @param labelled whether labels are wanted, and rows without one left out; else every row is read
     * @param source the column that says where each row comes from, or null
     * @param required whether it must be there
     */
    Content readLike(DataForm form, boolean labelled, @Nullable String source, boolean required) {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.like(form, labelled, source, required, file, layout.names());
            boolean[] asText = TableRoles.texts((FittedEncoder) form.encoding(), layout.names());
            return readWithBestTypes(layout, roles, asText, false, database);
        }
    }

    /** The types of a text table come from a sample; if a later row does not fit them, all rows are looked at. */
    private Content readWithBestTypes(
            TableLayout layout, TableRoles roles, boolean[] asText, boolean learning, DuckDatabase database) {
        try {
            return read(layout, roles, asText, learning, database);
        } catch (SQLException misjudged) {
            if (layout.text() == null) {
                throw DuckDatabase.unreadable(file.path(), misjudged);
            }
        }
        TableLayout whole = TableLayout.ofWholeText(file, settings.header(), database);
        try {
            return read(whole, roles, asText, learning, database);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    private Content read(
            TableLayout layout, TableRoles roles, boolean[] asText, boolean learning, DuckDatabase database)
            throws SQLException {
        List<TableColumn> columns = layout.columns();
        int records = layout.records();
        Memory.require(file.path().toString(), records, roles.features().size());
        List<String> selected = new ArrayList<>();
        List<ColumnBuffer> features = new ArrayList<>();
        boolean[] textual = asText.clone();
        for (int position : roles.features()) {
            TableColumn column = columns.get(position);
            features.add(asText[position] ? new ColumnBuffer.Texts(column.name(), records) : buffer(column, records));
            selected.add(asText[position] ? column.text() : column.value());
        }
        List<ColumnBuffer> all = new ArrayList<>(features);
        List<ColumnBuffer.@Nullable Texts> texts = new ArrayList<>();
        for (int position : new int[] {roles.label(), roles.id(), roles.source()}) {
            ColumnBuffer.Texts buffer = null;
            if (position != TableRoles.NONE) {
                buffer = new ColumnBuffer.Texts(columns.get(position).name(), records);
                // a column may be wanted as a feature too, then by another name in the query
                textual[position] |= !roles.features().contains(position);
                selected.add(
                        textual[position]
                                ? columns.get(position).text()
                                : "CAST("
                                        + DuckDatabase.identifier(
                                                columns.get(position).key()) + " AS VARCHAR)");
                all.add(buffer);
            }
            texts.add(buffer);
        }
        ColumnBuffer weights = null;
        if (roles.weight() != TableRoles.NONE) {
            weights = buffer(columns.get(roles.weight()), records);
            selected.add(columns.get(roles.weight()).value());
            all.add(weights);
        }
        RowCollector rows = roles.label() == TableRoles.NONE
                ? RowCollector.everyRow(all, records)
                : RowCollector.labelled(all, features.size(), records);
        database.query("SELECT " + String.join(", ", selected) + " FROM " + layout.relation(textual), rows::take);
        if (rows.seen() != records) {
            throw new InvalidInputException(file.path() + " is ambiguous: " + records
                    + " records by its line ends and quotes, " + rows.seen() + " by its types;"
                    + " write it again with one kind of line end and standard quotes");
        }
        ColumnBuffer.Texts labels = texts.get(0);
        return content(
                layout,
                roles,
                features(layout, roles, features, asText, learning),
                labels == null ? null : labels.build(),
                listed(texts.get(1)),
                listed(texts.get(2)),
                weights,
                rows.kept());
    }

    private Content content(
            TableLayout layout,
            TableRoles roles,
            Features features,
            Column.@Nullable Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            @Nullable ColumnBuffer weightBuffer,
            int[] fileRows) {
        List<String> notes = new ArrayList<>();
        if (fileRows.length == 0) {
            throw new InvalidInputException(file.path() + ": all " + layout.records() + " labels in column '"
                    + layout.names().get(roles.label()) + "' are missing; name another column with --label");
        }
        int unlabelled = layout.records() - fileRows.length;
        if (unlabelled > 0) {
            notes.add(unlabelled + (unlabelled == 1 ? " row has" : " rows have") + " no label and "
                    + (unlabelled == 1 ? "is" : "are") + " left out");
        }
        notes.addAll(features.notes());
        Table table = new Table(features.columns(), fileRows);
        double[] weights = weightBuffer == null ? null : weights(weightBuffer.build(), table);
        DataSource source = source(
                layout, roles, features.columns().stream().map(Column::name).toList());
        return new Content(table, labels, ids, sources, weights, source, notes);
    }

    private DataSource source(TableLayout layout, TableRoles roles, List<String> features) {
        return new DataSource(
                file.path(),
                file.format(),
                file.gzipped(),
                null,
                layout.records(),
                features,
                roles.label() == TableRoles.NONE ? "" : layout.names().get(roles.label()),
                roles.id() == TableRoles.NONE ? null : layout.names().get(roles.id()),
                roles.weight() == TableRoles.NONE ? null : layout.names().get(roles.weight()),
                layout.text(),
                SourceContent.UNKNOWN);
    }

    /** The columns that become features, and what the user should know of them. */
    private record Features(List<Column> columns, List<String> notes) {}

    private Features features(
            TableLayout layout, TableRoles roles, List<ColumnBuffer> buffers, boolean[] asText, boolean learning) {
        // where commas do not separate fields they may separate decimals
        boolean commas = layout.text() != null && layout.text().delimiter() != ',';
        List<String> notes = new ArrayList<>();
        List<Column> features = new ArrayList<>();
        for (int index = 0; index < buffers.size(); index++) {
            Column column = buffers.get(index).build();
            boolean wantedAsText = asText[roles.features().get(index)]
                    || settings.categorical().contains(column.name());
            boolean counts = learning && countsRows(column);
            if (counts
                    && settings.features().isEmpty()
                    && layout.isUnnamedFirst(roles.features().get(index))) {
                notes.add("the first column has no name and only counts the rows; it is left out");
                continue;
            }
            if (counts) {
                notes.add("column '" + column.name() + "' only counts the rows; leave it out with --drop "
                        + column.name() + ", or name it with --id");
            }
            features.add(wantedAsText ? column : Numerals.withGaps(column, commas, !learning));
        }
        return new Features(features, notes);
    }

    private static @Nullable List<String> listed(ColumnBuffer.@Nullable Texts buffer) {
        if (buffer == null) {
            return null;
        }
        Column.Texts texts = buffer.build();
        List<String> result = new ArrayList<>(texts.size());
        for (int row = 0; row < texts.size(); row++) {
            result.add(texts.text(row));
        }
        return result;
    }

    private ColumnBuffer buffer(TableColumn column, int records) {
        return switch (column.kind()) {
            case NUMBER -> new ColumnBuffer.Numbers(column.name(), records);
            case TRUTH -> new ColumnBuffer.Truths(column.name());
            case TIME -> new ColumnBuffer.Times(column.name(), records);
            case TEXT -> new ColumnBuffer.Texts(column.name(), records);
            case OTHER ->
                throw new InvalidInputException("column '" + column.name() + "' holds " + column.type()
                        + " values, expected numbers, texts, truth values or dates; leave it out with --drop "
                        + column.name());
        };
    }

    /** An unbroken count says where a row stands in the file, not what it is. */
    private static boolean countsRows(Column column) {
        if (!(column instanceof Column.Numbers numbers) || column.size() < 20 || column.missingCount() > 0) {
            return false;
        }
        for (int row = 1; row < column.size(); row++) {
            if (numbers.get(row) != numbers.get(row - 1) + 1) {
                return false;
            }
        }
        return true;
    }

    private double[] weights(Column column, Table table) {
        if (!(Numerals.withGaps(column, false, false) instanceof Column.Numbers numbers)) {
            throw new InvalidInputException("weight column '" + column.name() + "' holds " + column.kind() + " (\""
                    + column.text(0) + "\"), expected numbers of at least 0");
        }
        double[] weights = new double[column.size()];
        double sum = 0;
        for (int row = 0; row < weights.length; row++) {
            double weight = numbers.get(row);
            if (numbers.isMissing(row) || !(weight >= 0) || Double.isInfinite(weight)) {
                throw new InvalidInputException("weight column '" + column.name() + "', row "
                        + (table.fileRow(row) + 1) + ": " + (numbers.isMissing(row) ? "missing" : weight)
                        + ", expected a number of at least 0");
            }
            weights[row] = weight;
            sum += weight;
        }
        if (!(sum > 0)) {
            throw new InvalidInputException("weight column '" + column.name() + "' is 0 in every row");
        }
        return weights;
    }
}
