package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
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
     * What a table file holds, rows without a label left out.
     *
     * @param features the feature columns
     * @param labels the labels, none missing
     * @param ids the user's names of the rows, or null
     * @param weights the weights, or null
     * @param source where it came from
     * @param notes what the user should know
     */
    record Content(
            Table features,
            Column.Texts labels,
            @Nullable List<String> ids,
            double @Nullable [] weights,
            DataSource source,
            List<String> notes) {}

    /** The positions of the columns in the file. */
    private record Roles(List<Integer> features, int label, int id, int weight, List<String> notes) {
        private static final int NONE = -1;
    }

    /** Reads data to learn from. */
    Content read() {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            Roles roles = roles(layout);
            return readWithBestTypes(layout, roles, new boolean[layout.columns().size()], database);
        }
    }

    /** Reads data to be encoded like other data: the same columns, texts where there were texts. */
    Content readLike(LoadedData training) {
        DataSource source = training.source();
        FittedEncoder encoder = (FittedEncoder) training.encoding();
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, settings.header(), database);
            List<String> names = layout.names();
            List<String> needed = new ArrayList<>(encoder.requiredColumns());
            needed.add(source.label());
            List<String> absent =
                    needed.stream().filter(name -> !names.contains(name)).toList();
            if (!absent.isEmpty()) {
                throw new InvalidInputException(file.path() + " differs from the training data: it lacks "
                        + (absent.size() == 1 ? "the column '" : absent.size() + " columns, the first is '")
                        + absent.get(0) + "'" + NearestName.suggestion(absent.get(0), names)
                        + "; it must have the same columns");
            }
            List<Integer> features = new ArrayList<>();
            boolean[] asText = new boolean[names.size()];
            for (ColumnEncoding encoding : encoder.columns()) {
                int position = names.indexOf(encoding.column());
                if (encoding.featureNames().isEmpty() || position < 0) {
                    continue;
                }
                features.add(position);
                asText[position] = encoding instanceof ColumnEncoding.Category category && !category.numeric();
            }
            Roles roles = new Roles(
                    features,
                    names.indexOf(source.label()),
                    Roles.NONE,
                    source.weight() == null ? Roles.NONE : names.indexOf(source.weight()),
                    List.of());
            return readWithBestTypes(layout, roles, asText, database);
        }
    }

    /** The types of a text table come from a sample; if a later row does not fit them, all rows are looked at. */
    private Content readWithBestTypes(TableLayout layout, Roles roles, boolean[] asText, DuckDatabase database) {
        try {
            return read(layout, roles, asText, database);
        } catch (SQLException misjudged) {
            if (layout.text() == null) {
                throw DuckDatabase.unreadable(file.path(), misjudged);
            }
        }
        TableLayout whole = TableLayout.ofWholeText(file, settings.header(), database);
        try {
            return read(whole, roles, asText, database);
        } catch (SQLException problem) {
            throw DuckDatabase.unreadable(file.path(), problem);
        }
    }

    private Content read(TableLayout layout, Roles roles, boolean[] asText, DuckDatabase database) throws SQLException {
        List<TableColumn> columns = layout.columns();
        int records = layout.records();
        Memory.require(file.path().toString(), records, roles.features().size());
        List<String> selected = new ArrayList<>();
        List<ColumnBuffer> buffers = new ArrayList<>();
        boolean[] textual = asText.clone();
        for (int position : roles.features()) {
            TableColumn column = columns.get(position);
            buffers.add(asText[position] ? new ColumnBuffer.Texts(column.name(), records) : buffer(column, records));
            selected.add(asText[position] ? column.text() : column.value());
        }
        ColumnBuffer.Texts labels =
                new ColumnBuffer.Texts(columns.get(roles.label()).name(), records);
        textual[roles.label()] = true;
        selected.add(columns.get(roles.label()).text());
        ColumnBuffer.Texts ids = null;
        if (roles.id() != Roles.NONE) {
            ids = new ColumnBuffer.Texts(columns.get(roles.id()).name(), records);
            textual[roles.id()] = true;
            selected.add(columns.get(roles.id()).text());
        }
        ColumnBuffer weights = null;
        if (roles.weight() != Roles.NONE) {
            weights = buffer(columns.get(roles.weight()), records);
            selected.add(columns.get(roles.weight()).value());
        }
        int labelPlace = roles.features().size();
        List<ColumnBuffer> all = new ArrayList<>(buffers);
        all.add(labels);
        if (ids != null) {
            all.add(ids);
        }
        if (weights != null) {
            all.add(weights);
        }
        RowCollector rows = new RowCollector(all, labelPlace, records);
        database.query("SELECT " + String.join(", ", selected) + " FROM " + layout.relation(textual), rows::take);
        if (rows.seen != records) {
            throw new InvalidInputException(file.path() + " is ambiguous: " + records
                    + " records by its line ends and quotes, " + rows.seen + " by its types;"
                    + " write it again with one kind of line end and standard quotes");
        }
        return content(layout, roles, buffers, asText, labels, ids, weights, rows);
    }

    private Content content(
            TableLayout layout,
            Roles roles,
            List<ColumnBuffer> buffers,
            boolean[] asText,
            ColumnBuffer.Texts labelBuffer,
            ColumnBuffer.@Nullable Texts idBuffer,
            @Nullable ColumnBuffer weightBuffer,
            RowCollector rows) {
        Column.Texts labels = labelBuffer.build();
        int[] fileRows = Arrays.copyOf(rows.kept, rows.keptCount);
        if (fileRows.length == 0) {
            throw new InvalidInputException(file.path() + ": all " + layout.records() + " labels in column '"
                    + labels.name() + "' are missing; name another column with --label");
        }
        List<String> notes = new ArrayList<>(roles.notes());
        int unlabelled = layout.records() - fileRows.length;
        if (unlabelled > 0) {
            notes.add(unlabelled + (unlabelled == 1 ? " row has" : " rows have") + " no label and "
                    + (unlabelled == 1 ? "is" : "are") + " left out");
        }
        // where commas do not separate fields they may separate decimals
        boolean commas = layout.text() != null && layout.text().delimiter() != ',';
        List<Column> features = new ArrayList<>();
        for (int index = 0; index < buffers.size(); index++) {
            Column column = buffers.get(index).build();
            boolean wantedAsText = asText[roles.features().get(index)]
                    || settings.categorical().contains(column.name());
            boolean counts = countsRows(column);
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
            features.add(wantedAsText ? column : withGaps(column, commas));
        }
        List<String> ids = null;
        if (idBuffer != null) {
            Column.Texts texts = idBuffer.build();
            List<String> collected = new ArrayList<>(texts.size());
            for (int row = 0; row < texts.size(); row++) {
                collected.add(texts.text(row));
            }
            ids = collected;
        }
        Table table = new Table(features, fileRows);
        double[] weights = weightBuffer == null ? null : weights(weightBuffer.build(), table);
        DataSource source = new DataSource(
                file.path(),
                file.format(),
                file.gzipped(),
                null,
                layout.records(),
                features.stream().map(Column::name).toList(),
                labels.name(),
                roles.id() == Roles.NONE ? null : layout.names().get(roles.id()),
                roles.weight() == Roles.NONE ? null : layout.names().get(roles.weight()),
                layout.text());
        return new Content(table, labels, ids, weights, source, notes);
    }

    /** Keeps the rows that have a label. */
    private static final class RowCollector {
        private final List<ColumnBuffer> buffers;
        private final int labelPlace;
        private final int[] kept;
        private int keptCount;
        private long seen;

        RowCollector(List<ColumnBuffer> buffers, int labelPlace, int records) {
            this.buffers = buffers;
            this.labelPlace = labelPlace;
            this.kept = new int[records];
        }

        void take(DuckDBDataChunkReader chunk) {
            int count = (int) chunk.rowCount();
            if (seen + count > kept.length) {
                // more rows than records: reported at the end, and no room for them
                seen += count;
                return;
            }
            boolean[] labelled = new boolean[count];
            DuckDBReadableVector labels = chunk.vector(labelPlace);
            for (int row = 0; row < count; row++) {
                labelled[row] = !labels.isNull(row) && !labels.getString(row).isBlank();
                if (labelled[row]) {
                    kept[keptCount++] = (int) seen + row;
                }
            }
            for (int place = 0; place < buffers.size(); place++) {
                buffers.get(place).add(chunk.vector(place), labelled, count);
            }
            seen += count;
        }
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

    /**
     * A column that is text only because words such as NA or ? stand for missing numbers, or because its decimals follow a
     * comma, becomes numbers.
     */
    private static Column withGaps(Column column, boolean commas) {
        if (!(column instanceof Column.Texts texts)) {
            return column;
        }
        if (commas && texts.dictionary().stream().allMatch(Numerals::mayBeThousands)) {
            return column;
        }
        double[] numbers = new double[texts.dictionary().size()];
        BitSet absent = new BitSet();
        for (int code = 0; code < numbers.length; code++) {
            String text = texts.dictionary().get(code);
            if (Numerals.isAbsent(text)) {
                absent.set(code);
                continue;
            }
            OptionalDouble number = Numerals.parse(commas ? text.replace(',', '.') : text);
            if (number.isEmpty()) {
                return column;
            }
            numbers[code] = number.getAsDouble();
        }
        boolean alreadyNumbers = texts.dictionary().stream().noneMatch(text -> text.indexOf(',') >= 0);
        if ((absent.isEmpty() && alreadyNumbers) || absent.cardinality() == numbers.length) {
            return column;
        }
        double[] values = new double[texts.size()];
        BitSet missing = new BitSet();
        for (int row = 0; row < values.length; row++) {
            int code = texts.code(row);
            if (code < 0 || absent.get(code)) {
                missing.set(row);
            } else {
                values[row] = numbers[code];
            }
        }
        return new Column.Numbers(texts.name(), values, missing);
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
        if (!(withGaps(column, false) instanceof Column.Numbers numbers)) {
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

    private Roles roles(TableLayout layout) {
        List<String> names = layout.names();
        if (settings.label() == null) {
            throw new InvalidInputException("which column holds the labels? Name it with --label COLUMN; " + file.path()
                    + " has " + listed(names));
        }
        int label = position(settings.label(), "--label", names);
        int id = settings.id() == null ? Roles.NONE : position(settings.id(), "--id", names);
        int weight = settings.weight() == null ? Roles.NONE : position(settings.weight(), "--weight", names);
        Set<Integer> taken = new HashSet<>();
        taken.add(label);
        if ((id != Roles.NONE && !taken.add(id)) || (weight != Roles.NONE && !taken.add(weight))) {
            throw new InvalidInputException("label, id and weight must be different columns, got " + settings.label()
                    + ", " + settings.id() + " and " + settings.weight());
        }
        for (String name : settings.drop()) {
            int dropped = position(name, "--drop", names);
            if (taken.contains(dropped)) {
                throw new InvalidInputException(
                        "column '" + name + "' is dropped, but also label, id or weight; name it once");
            }
            taken.add(dropped);
        }
        settings.numeric().forEach(name -> position(name, "--numeric", names));
        settings.categorical().forEach(name -> position(name, "--categorical", names));
        List<Integer> features = new ArrayList<>();
        for (String name : settings.features()) {
            int feature = position(name, "--features", names);
            if (taken.contains(feature)) {
                throw new InvalidInputException(
                        "column '" + name + "' is a feature, but also label, id, weight or dropped; name it once");
            }
            if (!features.contains(feature)) {
                features.add(feature);
            }
        }
        if (settings.features().isEmpty()) {
            for (int position = 0; position < names.size(); position++) {
                if (!taken.contains(position)) {
                    features.add(position);
                }
            }
        }
        if (features.isEmpty()) {
            throw new InvalidInputException(file.path() + " has no feature: its columns are " + listed(names)
                    + ", and none is left beside the label");
        }
        return new Roles(features, label, id, weight, List.of());
    }

    private int position(String name, String option, List<String> names) {
        int position = names.indexOf(name);
        if (position < 0) {
            throw new InvalidInputException(option + " " + name + ": " + file.path() + " has no column '" + name + "'"
                    + NearestName.find(name, names)
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("; it has " + listed(names)));
        }
        return position;
    }

    private static String listed(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), 20)));
        return (names.size() == 1 ? "one column: " : names.size() + " columns: ")
                + shown
                + (names.size() > 20 ? ", ..." : "");
    }
}
