package dev.assay.io.table;

import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.cell.CellForms;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.RowSample;
import dev.assay.io.read.RowSampler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of a table file, handed out in blocks of records on end, in their order. Memory for the columns of one block, and
 * what DuckDB takes.
 */
final class TableScan {
    /** As one block, all records. */
    static final int WHOLE = Integer.MAX_VALUE;

    private final InputFile file;
    private final TableRoles roles;
    private final boolean learning;
    private final boolean keepLabelMarkers;
    private final Map<String, Integer> markers = new TreeMap<>();
    private int delivered;
    private int kept;

    /**
     * A pass that has not begun.
     *
     * @param roles what the columns are for; without a label, every row is kept
     * @param learning whether the user may still say what to leave out
     * @param keepLabelMarkers whether labels such as NA are names of classes
     */
    TableScan(InputFile file, TableRoles roles, boolean learning, boolean keepLabelMarkers) {
        this.file = file;
        this.roles = roles;
        this.learning = learning;
        this.keepLabelMarkers = keepLabelMarkers;
    }

    /**
     * The rows of a block that are kept, as they stand in the file.
     *
     * @param features the columns of the features
     * @param labels the labels, none missing; null if there are none
     * @param ids the user's names of the rows, or null
     * @param sources where the rows come from, or null
     * @param groups the groups that rows stay together in, or null
     * @param weights the weights, or null
     * @param times when the rows were made, or null
     * @param records their 0-based records
     */
    record Rows(
            List<Column> features,
            Column.@Nullable Texts labels,
            @Nullable List<String> ids,
            @Nullable List<String> sources,
            @Nullable List<String> groups,
            @Nullable Column weights,
            @Nullable Column times,
            int[] records) {}

    /** Rows that were kept so far. */
    int kept() {
        return kept;
    }

    /** The words that stood for a missing label so far, and in how many rows. */
    Map<String, Integer> markers() {
        return markers;
    }

    /**
     * Goes through the rows that no earlier call has handed out: one that fails half-way may be followed by another with other types.
     *
     * @param asText for each column, whether it comes as text
     * @param blockRows how many records there are to a block, the last one aside
     * @param wanted the records to be kept of all, or null for each
     */
    void run(
            TableLayout layout,
            boolean[] asText,
            int blockRows,
            @Nullable BitSet wanted,
            DuckDatabase database,
            Consumer<Rows> consumer)
            throws SQLException {
        Selection selection = new Selection(layout, asText);
        Pass pass = new Pass(layout, selection, blockRows, wanted, consumer);
        database.query(
                "SELECT " + String.join(", ", selection.expressions) + " FROM " + selection.relation(), pass::take);
        if (pass.seen != layout.records()) {
            throw ambiguous(layout.records(), pass.seen);
        }
    }

    private InvalidInputException ambiguous(int records, long seen) {
        return new InvalidInputException(file.path() + " is ambiguous: " + records
                + " records by its line ends and quotes, " + seen + " by its types;"
                + " write it again with one kind of line end and standard quotes");
    }

    /** Draws rows by what stands in their columns of features, label and weight. */
    RowSample sample(TableLayout layout, boolean[] asText, int rows, long seed, DuckDatabase database)
            throws SQLException {
        Selection selection = new Selection(layout, asText);
        List<String> content = new ArrayList<>(
                selection.expressions.subList(0, roles.features().size()));
        content.add(selection.label());
        if (roles.weight() != TableRoles.NONE) {
            content.add(value(layout.columns().get(roles.weight())));
        }
        RowSampler sampler = new RowSampler(rows, seed, isLabel(layout.columns().get(roles.label())));
        database.query(
                "SELECT " + selection.label() + ", CAST(hash(" + String.join(", ", content)
                        + ")::HUGEINT - 9223372036854775808 AS BIGINT) FROM " + selection.relation(),
                chunk -> {
                    DuckDBReadableVector labels = chunk.vector(0);
                    DuckDBReadableVector hashes = chunk.vector(1);
                    for (int row = 0; row < chunk.rowCount(); row++) {
                        if (labels.isNull(row)) {
                            sampler.unlabelled();
                        } else {
                            sampler.take(labels.getString(row), hashes.getLong(row));
                        }
                    }
                });
        RowSample sample = sampler.sample();
        int seen = sample.labelled() + sample.unlabelled();
        if (seen != layout.records()) {
            throw ambiguous(layout.records(), seen);
        }
        return sample;
    }

    /** Which labels are there; a number that is none is never the name of a class. */
    private Predicate<String> isLabel(TableColumn column) {
        CellForms forms = CellForms.plain(keepLabelMarkers && column.kind() == TableColumn.Kind.TEXT);
        return forms::isLabel;
    }

    /** What is selected: the features, then the texts beside them, weight and time. */
    private final class Selection {
        private final TableLayout layout;
        private final boolean[] asText;
        private final boolean[] textual;
        private final List<String> expressions = new ArrayList<>();

        Selection(TableLayout layout, boolean[] asText) {
            this.layout = layout;
            this.asText = asText;
            this.textual = asText.clone();
            for (int position : roles.features()) {
                TableColumn column = layout.columns().get(position);
                expressions.add(asText[position] ? column.text() : value(column));
            }
            for (int position : texts()) {
                if (position != TableRoles.NONE) {
                    // a column may be wanted as a feature too, then by another name in the query
                    textual[position] |= !roles.features().contains(position);
                    expressions.add(asText(position));
                }
            }
            for (int position : new int[] {roles.weight(), roles.time()}) {
                if (position != TableRoles.NONE) {
                    expressions.add(value(layout.columns().get(position)));
                }
            }
        }

        private int[] texts() {
            return new int[] {roles.label(), roles.id(), roles.source(), roles.group()};
        }

        private String asText(int position) {
            TableColumn column = layout.columns().get(position);
            return textual[position] ? column.text() : "CAST(" + DuckDatabase.identifier(column.key()) + " AS VARCHAR)";
        }

        String label() {
            return asText(roles.label());
        }

        String relation() {
            return layout.relation(textual);
        }

        /** Buffers for one block, in the order of the expressions. */
        Buffers buffers(int first, int records, @Nullable BitSet wanted) {
            int capacity = wanted == null ? records : wanted.cardinality();
            List<ColumnBuffer> features = new ArrayList<>();
            for (int position : roles.features()) {
                TableColumn column = layout.columns().get(position);
                features.add(
                        asText[position] ? new ColumnBuffer.Texts(column.name(), capacity) : buffer(column, capacity));
            }
            List<ColumnBuffer.@Nullable Texts> texts = new ArrayList<>();
            for (int position : texts()) {
                texts.add(
                        position == TableRoles.NONE
                                ? null
                                : new ColumnBuffer.Texts(
                                        layout.columns().get(position).name(), capacity));
            }
            ColumnBuffer weights = optional(roles.weight(), capacity);
            ColumnBuffer times = optional(roles.time(), capacity);
            List<ColumnBuffer> all = new ArrayList<>(features);
            Stream.concat(texts.stream(), Stream.of(weights, times))
                    .filter(Objects::nonNull)
                    .forEach(all::add);
            RowCollector rows = roles.label() == TableRoles.NONE
                    ? RowCollector.everyRow(all, first, records)
                    : RowCollector.labelled(
                            all, features.size(), isLabel(layout.columns().get(roles.label())), first, records, wanted);
            return new Buffers(features, texts, weights, times, rows);
        }

        private @Nullable ColumnBuffer optional(int position, int capacity) {
            return position == TableRoles.NONE ? null : buffer(layout.columns().get(position), capacity);
        }
    }

    private ColumnBuffer buffer(TableColumn column, int capacity) {
        return switch (column.kind()) {
            case NUMBER -> new ColumnBuffer.Numbers(column.name(), capacity);
            case TRUTH -> new ColumnBuffer.Truths(column.name());
            case TIME -> new ColumnBuffer.Times(column.name(), capacity);
            case TEXT -> new ColumnBuffer.Texts(column.name(), capacity);
            case OTHER -> throw unusable(column);
        };
    }

    private String value(TableColumn column) {
        if (column.kind() == TableColumn.Kind.OTHER) {
            throw unusable(column);
        }
        return column.value();
    }

    private InvalidInputException unusable(TableColumn column) {
        return new InvalidInputException(
                "column '" + column.name() + "' holds " + column.type()
                        + " values, expected numbers, texts, truth values or dates",
                learning ? List.of(Remedy.by("leave it out", "drop", column.name())) : List.of());
    }

    /** The columns of a block that is being filled. */
    private record Buffers(
            List<ColumnBuffer> features,
            List<ColumnBuffer.@Nullable Texts> texts,
            @Nullable ColumnBuffer weights,
            @Nullable ColumnBuffer times,
            RowCollector rows) {
        Rows build() {
            ColumnBuffer.Texts labels = texts.get(0);
            return new Rows(
                    features.stream().map(ColumnBuffer::build).toList(),
                    labels == null ? null : labels.build(),
                    listed(texts.get(1)),
                    listed(texts.get(2)),
                    listed(texts.get(3)),
                    weights == null ? null : weights.build(),
                    times == null ? null : times.build(),
                    rows.kept());
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
    }

    /** Cuts the chunks of a result into blocks. */
    private final class Pass {
        private final Selection selection;
        private final int records;
        private final int blockRows;
        private final @Nullable BitSet wanted;
        private final Consumer<Rows> consumer;
        private Buffers buffers;
        private int end;
        private long seen;

        Pass(TableLayout layout, Selection selection, int blockRows, @Nullable BitSet wanted, Consumer<Rows> consumer) {
            this.selection = selection;
            this.records = layout.records();
            this.blockRows = blockRows;
            this.wanted = wanted;
            this.consumer = consumer;
            this.end = end();
            this.buffers = selection.buffers(delivered, end - delivered, wanted);
        }

        /** Where the block ends that begins with the first record that was not handed out. */
        private int end() {
            return blockRows >= records - delivered ? records : delivered + blockRows;
        }

        void take(DuckDBDataChunkReader chunk) {
            int count = (int) chunk.rowCount();
            int from = (int) Math.max(0, Math.min(count, delivered - seen));
            while (from < count && seen + from < records) {
                int to = (int) Math.min(count, end - seen);
                buffers.rows().take(chunk, from, to);
                if (seen + to == end) {
                    deliver();
                }
                from = to;
            }
            seen += count;
        }

        private void deliver() {
            Rows rows = buffers.build();
            buffers.rows().markers().forEach((marker, count) -> markers.merge(marker, count, Integer::sum));
            kept += rows.records().length;
            delivered = end;
            if (end < records) {
                end = end();
                buffers = selection.buffers(delivered, end - delivered, wanted);
            }
            consumer.accept(rows);
        }
    }
}
