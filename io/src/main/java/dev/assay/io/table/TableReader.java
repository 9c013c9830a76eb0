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
import dev.assay.io.read.RowSample;
import dev.assay.io.read.SampleSize;
import dev.assay.job.Times;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
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
     * What a table file holds to learn from.
     *
     * @param features the feature columns
     * @param labels the labels, none missing
     * @param ids the user's names of the rows, or null
     * @param sources where the rows come from, or null
     * @param groups the groups that rows stay together in, or null
     * @param times when the rows were made, or null
     * @param weights the weights, or null
     * @param source where it came from
     * @param cells what the texts of its cells mean
     * @param unlabelled what is to be said of rows that have no label
     * @param rowNumbers columns that only number the rows and are left out
     * @param sample which rows were drawn, or null where all were read
     * @param notes what the user should know
     */
    public record Content(
            Table features,
            Column.Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            @Nullable List<String> groups,
            @Nullable Times times,
            double @Nullable [] weights,
            DataSource source,
            CellForms cells,
            MissingLabels unlabelled,
            List<String> rowNumbers,
            @Nullable RowSample sample,
            List<Note> notes) {}

    /**
     * Some rows of a table file that is read like other data, those without a label left out where labels are wanted.
     *
     * @param features the feature columns
     * @param labels the labels, none missing; null if they were not wanted
     * @param ids the user's names of the rows, or null
     * @param sources where the rows come from, or null
     * @param groups the groups that rows stay together in, or null
     * @param weights the weights, or null
     */
    public record Block(
            Table features,
            Column.@Nullable Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            @Nullable List<String> groups,
            double @Nullable [] weights) {}

    /**
     * How further data is read: by what is known of the training data.
     *
     * @param rules the rules of the columns, by name
     */
    private record Known(Map<String, ColumnEncoding> rules, CellForms cells) {}

    /**
     * Reads data to learn from; rows without a label are left out.
     *
     * @param size how many rows to draw where there are more, or null for all
     */
    public Content read(@Nullable SampleSize size) {
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
            return withBestTypes(layout, database, best -> learned(best, roles, asText, size, database));
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
     * @param blockRows how many records there are to a block, the last one aside
     * @param consumer takes one block after the other, in the order of the file; none without a row
     * @return what the user should know of all of them
     */
    public List<Note> readLike(
            InputSchema form,
            boolean labelled,
            @Nullable String source,
            boolean required,
            int blockRows,
            Consumer<Block> consumer) {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            TableRoles roles = TableRoles.like(form, labelled, source, required, file, layout.names());
            Map<String, ColumnEncoding> rules = new HashMap<>();
            for (ColumnEncoding rule : ((FittedEncoder) form.encoding()).columns()) {
                rules.put(rule.column(), rule);
            }
            Known known = new Known(rules, form.cells());
            TableScan scan = new TableScan(file, roles, false, form.cells().keepLabelMarkers());
            requireMemory(roles, Math.min(blockRows, layout.records()));
            double[] weight = {0};
            withBestTypes(layout, database, best -> {
                boolean[] asText = new boolean[best.columns().size()];
                for (int position = 0; position < asText.length; position++) {
                    asText[position] = readAsText(best, best.columns().get(position), known);
                }
                scan.run(best, asText, blockRows, null, database, rows -> {
                    if (rows.records().length > 0) {
                        Block block = block(rows, asText, roles, known);
                        weight[0] += block.weights() == null
                                ? 1
                                : Arrays.stream(block.weights()).sum();
                        consumer.accept(block);
                    }
                });
                return scan;
            });
            requireLabels(scan, roles, layout, List.of());
            if (!(weight[0] > 0)) {
                throw weightless(layout.names().get(roles.weight()));
            }
            return MissingLabels.of("row", layout.records() - scan.kept(), scan.markers(), false)
                    .notes();
        }
    }

    private void requireMemory(TableRoles roles, int rows) {
        int features = roles.features().size();
        Memory.require(file.path().toString(), rows, features, 2L * features);
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

    /** A reading of a table whose columns have these types. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(TableLayout layout) throws SQLException;
    }

    /** The types of a text table come from a sample; if a later row does not fit them, all rows are looked at. */
    private <T> T withBestTypes(TableLayout layout, DuckDatabase database, Reading<T> reading) {
        try {
            return reading.read(layout);
        } catch (SQLException misjudged) {
            if (layout.text() == null) {
                throw DuckDatabase.unreadable(file.path(), misjudged);
            }
        }
        TableLayout whole = TableLayout.ofWholeText(file, settings.header(), database);
        try {
            return reading.read(whole);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    private Content learned(
            TableLayout layout, TableRoles roles, boolean[] asText, @Nullable SampleSize size, DuckDatabase database)
            throws SQLException {
        TableScan scan = new TableScan(file, roles, true, settings.cells().keepLabelMarkers());
        RowSample sample = size == null || layout.records() <= size.rows()
                ? null
                : scan.sample(layout, asText, size.rows(), size.seed(), database);
        requireMemory(
                roles, sample == null ? layout.records() : sample.records().cardinality());
        List<TableScan.Rows> whole = new ArrayList<>();
        scan.run(layout, asText, TableScan.WHOLE, sample == null ? null : sample.records(), database, whole::add);
        requireLabels(scan, roles, layout, List.of(Remedy.by("name another column", "label", "COLUMN")));
        TableScan.Rows rows = whole.get(0);
        Column.Texts labels = Objects.requireNonNull(rows.labels(), "data to learn from has labels");
        MissingLabels unlabelled = MissingLabels.of(
                "row",
                sample == null ? layout.records() - scan.kept() : sample.unlabelled(),
                sample == null ? scan.markers() : sample.markers(),
                true);
        List<Note> notes = new ArrayList<>(unlabelled.notes());
        Features found = learned(layout, roles, rows.features(), rows.weights(), rows.times(), labels);
        notes.addAll(found.notes());
        Table table = new Table(found.columns(), rows.records());
        return new Content(
                table,
                labels,
                rows.ids(),
                rows.sources(),
                rows.groups(),
                found.times() == null ? null : times(found.times(), table),
                found.weights() == null ? null : someWeights(found.weights(), table),
                source(layout, roles, found.columns().stream().map(Column::name).toList()),
                found.cells(),
                unlabelled,
                found.rowNumbers(),
                sample,
                notes);
    }

    private void requireLabels(TableScan scan, TableRoles roles, TableLayout layout, List<Remedy> remedies) {
        if (roles.label() != TableRoles.NONE && scan.kept() == 0) {
            throw new InvalidInputException(
                    file.path() + ": all " + layout.records() + " labels in column '"
                            + layout.names().get(roles.label()) + "' are missing",
                    remedies);
        }
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

    private static Block block(TableScan.Rows rows, boolean[] asText, TableRoles roles, Known known) {
        List<Column> features = new ArrayList<>();
        for (int index = 0; index < rows.features().size(); index++) {
            Column column = rows.features().get(index);
            ColumnEncoding rule = known.rules().get(column.name());
            if (rule != null && asText[roles.features().get(index)]) {
                column = TextColumns.like(rule, (Column.Texts) column, known.cells(), rows.records());
            }
            features.add(column);
        }
        Column weights = rows.weights() instanceof Column.Texts texts
                ? TextColumns.numbers(texts, known.cells(), rows.records())
                : rows.weights();
        Table table = new Table(features, rows.records());
        return new Block(
                table,
                rows.labels(),
                rows.ids(),
                rows.sources(),
                rows.groups(),
                weights == null ? null : weights(weights, table));
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

    private static double[] someWeights(Column column, Table table) {
        double[] weights = weights(column, table);
        if (!(Arrays.stream(weights).sum() > 0)) {
            throw weightless(column.name());
        }
        return weights;
    }

    private static InvalidInputException weightless(String column) {
        return new InvalidInputException("weight column '" + column + "' is 0 in every row");
    }

    private static double[] weights(Column column, Table table) {
        if (!(column instanceof Column.Numbers numbers)) {
            throw new InvalidInputException("weight column '" + column.name() + "' holds " + column.kind() + " (\""
                    + column.text(0) + "\"), expected numbers of at least 0");
        }
        double[] weights = new double[column.size()];
        for (int row = 0; row < weights.length; row++) {
            double weight = numbers.get(row);
            if (numbers.isMissing(row) || !(weight >= 0) || Double.isInfinite(weight)) {
                throw new InvalidInputException("weight column '" + column.name() + "', row "
                        + (table.fileRow(row) + 1) + ": " + (numbers.isMissing(row) ? "missing" : weight)
                        + ", expected a number of at least 0");
            }
            weights[row] = weight;
        }
        return weights;
    }
}
