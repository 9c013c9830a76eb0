package dev.assay.io.table;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Remedy;
import dev.assay.data.Table;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.DecimalMark;
import dev.assay.io.cell.FormFinder;
import dev.assay.io.cell.TextColumns;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.Memory;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.MissingLabels;
import dev.assay.io.read.ReadSettings;
import dev.assay.job.Times;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a table file. */
public final class TableReader {

    private final InputFile file;
    private final ReadSettings settings;
    private final int threads;

    public TableReader(InputFile file, ReadSettings settings, int threads) {
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
     * @param groups the groups that rows stay together in, or null
     * @param times when the rows were made, or null
     * @param weights the weights, or null
     * @param source where it came from
     * @param cells what the texts of its cells mean
     * @param unlabelled what is to be said of rows that have no label
     * @param rowNumbers columns that only number the rows and are left out
     * @param notes what the user should know
     */
    public record Content(
            Table features,
            Column.@Nullable Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            @Nullable List<String> groups,
            @Nullable Times times,
            double @Nullable [] weights,
            DataSource source,
            CellForms cells,
            MissingLabels unlabelled,
            List<String> rowNumbers,
            List<Note> notes) {}

    /**
     * How further data is read: by what is known of the training data.
     *
     * @param rules the rules of the columns, by name
     */
    private record Known(Map<String, ColumnEncoding> rules, CellForms cells) {}

    /** Reads data to learn from; rows without a label are left out. */
    public Content read() {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.of(settings, file, layout.names());
            boolean[] asText = new boolean[layout.columns().size()];
            for (int position = 0; position < asText.length; position++) {
                TableColumn.Kind kind = layout.columns().get(position).kind();
                String name = layout.names().get(position);
                // a category keeps its exact text, and so does free text
                asText[position] = (settings.categorical().contains(name)
                                && (kind == TableColumn.Kind.TRUTH || kind == TableColumn.Kind.TIME))
                        || (settings.text().contains(name) && kind != TableColumn.Kind.OTHER);
            }
            return readWithBestTypes(layout, roles, asText, null, database);
        }
    }

    /** Where the data comes from; the features are all columns that may become some. */
    public DataSource locate() {
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
    public Content readLike(InputSchema form, boolean labelled, @Nullable String source, boolean required) {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.like(form, labelled, source, required, file, layout.names());
            Map<String, ColumnEncoding> rules = new HashMap<>();
            for (ColumnEncoding rule : ((FittedEncoder) form.encoding()).columns()) {
                rules.put(rule.column(), rule);
            }
            Known known = new Known(rules, form.cells());
            boolean[] asText = new boolean[layout.columns().size()];
            for (int position = 0; position < asText.length; position++) {
                asText[position] = readAsText(layout, layout.columns().get(position), known);
            }
            return readWithBestTypes(layout, roles, asText, known, database);
        }
    }

    /** Whether the cells are to be read as the training data says, not as the file alone would have it. */
    private static boolean readAsText(TableLayout layout, TableColumn column, Known known) {
        ColumnEncoding rule = known.rules().get(column.name());
        if (rule == null || column.kind() == TableColumn.Kind.OTHER) {
            return false;
        }
        if (rule instanceof ColumnEncoding.Flag) {
            return column.kind() != TableColumn.Kind.TRUTH;
        }
        if (rule instanceof ColumnEncoding.Moment) {
            return column.kind() != TableColumn.Kind.TIME;
        }
        boolean number = rule instanceof ColumnEncoding.Numeric
                || (rule instanceof ColumnEncoding.Category category && category.numeric());
        boolean pointed = layout.text() != null
                && !column.isWhole()
                && known.cells().decimalMark(column.name()) == DecimalMark.COMMA;
        return !number || column.kind() != TableColumn.Kind.NUMBER || pointed;
    }

    /** The types of a text table come from a sample; if a later row does not fit them, all rows are looked at. */
    private Content readWithBestTypes(
            TableLayout layout, TableRoles roles, boolean[] asText, @Nullable Known known, DuckDatabase database) {
        try {
            return read(layout, roles, asText, known, database);
        } catch (SQLException misjudged) {
            if (layout.text() == null) {
                throw DuckDatabase.unreadable(file.path(), misjudged);
            }
        }
        TableLayout whole = TableLayout.ofWholeText(file, settings.header(), database);
        try {
            return read(whole, roles, asText, known, database);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    private Content read(
            TableLayout layout, TableRoles roles, boolean[] asText, @Nullable Known known, DuckDatabase database)
            throws SQLException {
        List<TableColumn> columns = layout.columns();
        int records = layout.records();
        Memory.require(
                file.path().toString(),
                records,
                roles.features().size(),
                2L * roles.features().size());
        List<String> selected = new ArrayList<>();
        List<ColumnBuffer> features = new ArrayList<>();
        boolean[] textual = asText.clone();
        for (int position : roles.features()) {
            TableColumn column = columns.get(position);
            features.add(
                    asText[position]
                            ? new ColumnBuffer.Texts(column.name(), records)
                            : buffer(column, records, known == null));
            selected.add(asText[position] ? column.text() : column.value());
        }
        List<ColumnBuffer> all = new ArrayList<>(features);
        List<ColumnBuffer.@Nullable Texts> texts = new ArrayList<>();
        for (int position : new int[] {roles.label(), roles.id(), roles.source(), roles.group()}) {
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
            weights = buffer(columns.get(roles.weight()), records, known == null);
            selected.add(columns.get(roles.weight()).value());
            all.add(weights);
        }
        ColumnBuffer times = null;
        if (roles.time() != TableRoles.NONE) {
            times = buffer(columns.get(roles.time()), records, known == null);
            selected.add(columns.get(roles.time()).value());
            all.add(times);
        }
        RowCollector rows = roles.label() == TableRoles.NONE
                ? RowCollector.everyRow(all, records)
                : RowCollector.labelled(all, features.size(), isLabel(columns.get(roles.label()), known), records);
        database.query("SELECT " + String.join(", ", selected) + " FROM " + layout.relation(textual), rows::take);
        if (rows.seen() != records) {
            throw new InvalidInputException(file.path() + " is ambiguous: " + records
                    + " records by its line ends and quotes, " + rows.seen() + " by its types;"
                    + " write it again with one kind of line end and standard quotes");
        }
        if (roles.label() != TableRoles.NONE && rows.kept().length == 0) {
            throw new InvalidInputException(
                    file.path() + ": all " + records + " labels in column '"
                            + layout.names().get(roles.label()) + "' are missing",
                    known == null ? List.of(Remedy.by("name another column", "label", "COLUMN")) : List.of());
        }
        ColumnBuffer.Texts labels = texts.get(0);
        Column.Texts labelColumn = labels == null ? null : labels.build();
        Column weightColumn = weights == null ? null : weights.build();
        Column timeColumn = times == null ? null : times.build();
        int left = records - rows.kept().length;
        MissingLabels unlabelled = MissingLabels.of("row", left, rows.markers(), known == null);
        List<Note> notes = new ArrayList<>(unlabelled.notes());
        List<Column> built = features.stream().map(ColumnBuffer::build).toList();
        Features found = known == null
                ? learned(layout, roles, built, weightColumn, timeColumn, labelColumn)
                : like(built, weightColumn, asText, roles, known, rows.kept());
        notes.addAll(found.notes());
        Table table = new Table(found.columns(), rows.kept());
        return new Content(
                table,
                labelColumn,
                listed(texts.get(1)),
                listed(texts.get(2)),
                listed(texts.get(3)),
                found.times() == null ? null : times(found.times(), table),
                found.weights() == null ? null : weights(found.weights(), table),
                source(layout, roles, found.columns().stream().map(Column::name).toList()),
                found.cells(),
                unlabelled,
                found.rowNumbers(),
                notes);
    }

    /** Which labels are there; a number that is none is never the name of a class. */
    private Predicate<String> isLabel(TableColumn column, @Nullable Known known) {
        boolean keep = known == null
                ? settings.cells().keepLabelMarkers()
                : known.cells().keepLabelMarkers();
        CellForms forms = CellForms.plain(keep && column.kind() == TableColumn.Kind.TEXT);
        return forms::isLabel;
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

    /** The columns that become features, what their texts mean, and what the user should know of them. */
    private record Features(
            List<Column> columns,
            @Nullable Column weights,
            @Nullable Column times,
            CellForms cells,
            List<String> rowNumbers,
            List<Note> notes) {}

    private Features learned(
            TableLayout layout,
            TableRoles roles,
            List<Column> columns,
            @Nullable Column weights,
            @Nullable Column times,
            Column.@Nullable Texts labels) {
        List<FormFinder.Found> found = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            TableColumn column = layout.columns().get(roles.features().get(index));
            found.add(new FormFinder.Found(
                    columns.get(index),
                    column.isWhole(),
                    settings.categorical().contains(column.name())
                            || settings.text().contains(column.name())));
        }
        if (weights != null) {
            found.add(new FormFinder.Found(
                    weights, layout.columns().get(roles.weight()).isWhole(), false));
        }
        if (times != null) {
            found.add(new FormFinder.Found(
                    times, layout.columns().get(roles.time()).isWhole(), false));
        }
        FormFinder.Forms forms = new FormFinder(settings.cells(), true).find(found, labels);
        List<Note> notes = new ArrayList<>(forms.notes());
        List<Column> features = new ArrayList<>();
        List<String> rowNumbers = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            Column column = forms.columns().get(index);
            String name = column.name();
            boolean wanted = settings.features().contains(name)
                    || settings.numeric().contains(name)
                    || settings.categorical().contains(name)
                    || settings.text().contains(name);
            boolean unnamed = layout.unnamed().contains(roles.features().get(index));
            if (!wanted && RowNumbers.are(column, unnamed, layout.records())) {
                notes.add(new Note(
                        (unnamed ? "the column without a name (" + name + ")" : "column '" + name + "'")
                                + " only numbers the rows and is left out",
                        List.of(keep(name))));
                rowNumbers.add(name);
                continue;
            }
            if (!wanted && RowNumbers.count(column)) {
                notes.add(new Note(
                        "column '" + name + "' only counts the rows",
                        List.of(
                                Remedy.by("leave it out", "drop", name),
                                Remedy.by("say that it names them", "id", name))));
            }
            features.add(column);
        }
        if (features.isEmpty() && !rowNumbers.isEmpty() && settings.probabilities() == null) {
            throw new InvalidInputException(
                    file.path() + " has no feature: column '" + rowNumbers.get(0)
                            + "' only numbers the rows, and there is no other",
                    List.of(keep(rowNumbers.get(0))));
        }
        HeaderHint header = HeaderHint.of(layout.names());
        if (layout.text() != null && settings.header() == ReadSettings.Header.AUTO && header.looksLikeData()) {
            notes.add(new Note(
                    "some names of columns look like data (" + header.shown() + ")", List.of(HeaderHint.noHeader())));
        }
        return new Features(
                features,
                weights == null ? null : forms.columns().get(columns.size()),
                times == null ? null : forms.columns().get(columns.size() + (weights == null ? 0 : 1)),
                forms.cells(),
                rowNumbers,
                notes);
    }

    private static Remedy keep(String rowNumber) {
        return Remedy.by("keep it if it is a feature", "numeric", rowNumber);
    }

    private static Features like(
            List<Column> columns,
            @Nullable Column weights,
            boolean[] asText,
            TableRoles roles,
            Known known,
            int[] fileRows) {
        List<Column> features = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            Column column = columns.get(index);
            ColumnEncoding rule = known.rules().get(column.name());
            if (rule != null && asText[roles.features().get(index)]) {
                column = TextColumns.like(rule, (Column.Texts) column, known.cells(), fileRows);
            }
            features.add(column);
        }
        Column weighed =
                weights instanceof Column.Texts texts ? TextColumns.numbers(texts, known.cells(), fileRows) : weights;
        return new Features(features, weighed, null, known.cells(), List.of(), List.of());
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

    private ColumnBuffer buffer(TableColumn column, int records, boolean learning) {
        return switch (column.kind()) {
            case NUMBER -> new ColumnBuffer.Numbers(column.name(), records);
            case TRUTH -> new ColumnBuffer.Truths(column.name());
            case TIME -> new ColumnBuffer.Times(column.name(), records);
            case TEXT -> new ColumnBuffer.Texts(column.name(), records);
            case OTHER ->
                throw new InvalidInputException(
                        "column '" + column.name() + "' holds " + column.type()
                                + " values, expected numbers, texts, truth values or dates",
                        learning ? List.of(Remedy.by("leave it out", "drop", column.name())) : List.of());
        };
    }

    private static Times times(Column column, Table table) {
        if (!(column instanceof Column.Numbers || column instanceof Column.Timestamps)) {
            throw new InvalidInputException("time column '" + column.name() + "' holds " + column.kind() + " (\""
                    + column.text(0) + "\"), expected numbers or dates");
        }
        double[] times = new double[column.size()];
        for (int row = 0; row < times.length; row++) {
            times[row] =
                    column instanceof Column.Numbers numbers ? numbers.get(row) : ((Column.Timestamps) column).get(row);
            if (column.isMissing(row) || !Double.isFinite(times[row])) {
                throw new InvalidInputException("time column '" + column.name() + "', row " + (table.fileRow(row) + 1)
                        + ": no time, expected one for each row");
            }
        }
        return new Times(column.name(), times, column instanceof Column.Timestamps);
    }

    private double[] weights(Column column, Table table) {
        if (!(column instanceof Column.Numbers numbers)) {
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
