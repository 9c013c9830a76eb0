package dev.assay.io.preview;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.EncodingStyle;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Table;
import dev.assay.data.TableEncoder;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.cell.FormFinder;
import dev.assay.io.cell.Numerals;
import dev.assay.io.file.InputFile;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.ColumnBuffer;
import dev.assay.io.table.DuckDatabase;
import dev.assay.io.table.RowCollector;
import dev.assay.io.table.TableColumn;
import dev.assay.io.table.TableLayout;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks at the first rows of a table. */
final class TablePreview {
    /** So many rows say what a column is. */
    private static final int SAMPLE = 10_000;

    private static final int FEW_VALUES = 20;

    /** What people call the column that is to be predicted. */
    private static final Set<String> LABEL_NAMES = Set.of(
            "label", "labels", "class", "target", "y", "outcome", "species", "diagnosis", "category", "response");

    private final InputFile file;
    private final ReadSettings.Header header;
    private final int threads;

    TablePreview(InputFile file, ReadSettings.Header header, int threads) {
        this.file = file;
        this.header = header;
        this.threads = threads;
    }

    Preview preview() {
        try (DuckDatabase database = DuckDatabase.open(threads)) {
            TableLayout layout = TableLayout.of(file, header, database);
            try {
                return preview(layout, database);
            } catch (SQLException misjudged) {
                if (layout.text() == null) {
                    throw DuckDatabase.unreadable(file.path(), misjudged);
                }
            }
            try {
                return preview(TableLayout.ofWholeText(file, header, database), database);
            } catch (SQLException problem) {
                throw DuckDatabase.unreadable(file.path(), problem);
            }
        }
    }

    private Preview preview(TableLayout layout, DuckDatabase database) throws SQLException {
        List<TableColumn> columns = layout.columns();
        int sample = Math.min(SAMPLE, layout.records());
        boolean[] textual = new boolean[columns.size()];
        Arrays.fill(textual, true);
        List<Column> texts = first(
                columns.stream().map(TableColumn::text).toList(),
                columns.stream()
                        .map(column -> new ColumnBuffer.Texts(column.name(), sample))
                        .toList(),
                layout.relation(textual),
                sample,
                database);
        List<Column> values = values(layout, sample, database);
        List<FormFinder.Found> found = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            found.add(new FormFinder.Found(
                    values.get(place),
                    columns.get(place).isWhole(),
                    columns.get(place).kind() == TableColumn.Kind.OTHER));
        }
        List<Column> meant = new FormFinder(CellSettings.automatic(), false)
                .find(found, null)
                .columns();
        List<PreviewColumn.Kind> kinds = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            boolean other = columns.get(place).kind() == TableColumn.Kind.OTHER;
            kinds.add(other ? PreviewColumn.Kind.ARRAY : kind(meant.get(place)));
        }
        List<String> missing = missing(columns, meant, layout.relation(textual), database);
        List<PreviewColumn> previews = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            previews.add(new PreviewColumn(
                    columns.get(place).name(),
                    kinds.get(place),
                    detail((Column.Texts) texts.get(place), sample < layout.records()),
                    Integer.parseInt(missing.get(place))));
        }
        return new Preview(
                file.format(), layout.records(), previews, rows(texts, sample), labels(texts, kinds), false, null);
    }

    /** How many cells of each column are missing, as texts. */
    private static List<String> missing(
            List<TableColumn> columns, List<Column> meant, String relation, DuckDatabase database) throws SQLException {
        List<String> counts = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            TableColumn column = columns.get(place);
            boolean gaps = column.kind() == TableColumn.Kind.TEXT && !(meant.get(place) instanceof Column.Texts);
            counts.add("count(*) FILTER (WHERE " + (gaps ? absent(column.text()) : column.text() + " IS NULL") + ")");
        }
        return database.texts("SELECT " + String.join(", ", counts) + " FROM " + relation)
                .get(0);
    }

    private List<Column> values(TableLayout layout, int sample, DuckDatabase database) throws SQLException {
        List<String> selected = new ArrayList<>();
        List<ColumnBuffer> buffers = new ArrayList<>();
        for (TableColumn column : layout.columns()) {
            boolean other = column.kind() == TableColumn.Kind.OTHER;
            selected.add(other ? "'" + "'" : column.value());
            buffers.add(
                    switch (column.kind()) {
                        case NUMBER -> new ColumnBuffer.Numbers(column.name(), sample);
                        case TRUTH -> new ColumnBuffer.Truths(column.name());
                        case TIME -> new ColumnBuffer.Times(column.name(), sample);
                        case TEXT, OTHER -> new ColumnBuffer.Texts(column.name(), sample);
                    });
        }
        return first(selected, buffers, layout.relation(new boolean[selected.size()]), sample, database);
    }

    private static List<Column> first(
            List<String> selected,
            List<? extends ColumnBuffer> buffers,
            String relation,
            int sample,
            DuckDatabase database)
            throws SQLException {
        RowCollector rows = RowCollector.everyRow(buffers, sample);
        database.query("SELECT " + String.join(", ", selected) + " FROM " + relation + " LIMIT " + sample, rows::take);
        return buffers.stream().map(ColumnBuffer::build).toList();
    }

    private static String absent(String text) {
        return text + " IS NULL OR trim(" + text + ") IN ("
                + String.join(
                        ", ",
                        Numerals.absentWords().stream()
                                .sorted()
                                .map(DuckDatabase::quoted)
                                .toList())
                + ")";
    }

    /** What the encoder would make of the column alone. */
    private static PreviewColumn.Kind kind(Column column) {
        int[] rows = IntStream.range(0, column.size()).toArray();
        try {
            ColumnEncoding encoding = new TableEncoder(EncodingStyle.automatic(), Set.of(), Set.of())
                    .fit(new Table(List.of(column), rows), null)
                    .columns()
                    .get(0);
            if (encoding instanceof ColumnEncoding.Category) {
                return PreviewColumn.Kind.CATEGORY;
            }
        } catch (InvalidInputException noFeature) {
            if (column instanceof Column.Texts texts && texts.dictionary().size() > 1) {
                return PreviewColumn.Kind.TEXT;
            }
        }
        if (column instanceof Column.Numbers) {
            return PreviewColumn.Kind.NUMBER;
        }
        if (column instanceof Column.Booleans) {
            return PreviewColumn.Kind.TRUTH;
        }
        return column instanceof Column.Timestamps ? PreviewColumn.Kind.DATE : PreviewColumn.Kind.CATEGORY;
    }

    private static String detail(Column.Texts column, boolean sampled) {
        int different = column.dictionary().size();
        return String.format(Locale.ROOT, "%,d", different)
                + (different == 1 ? " value" : " values")
                + (sampled ? String.format(Locale.ROOT, " in the first %,d rows", column.size()) : "");
    }

    private static List<List<@Nullable String>> rows(List<Column> texts, int sample) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int row = 0; row < Math.min(Preview.ROWS, sample); row++) {
            List<@Nullable String> cells = new ArrayList<>();
            for (Column column : texts) {
                cells.add(column.isMissing(row) ? null : column.text(row));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Named like a label, then the last column, few different values; what never varies or has several values last. */
    private static List<String> labels(List<Column> texts, List<PreviewColumn.Kind> kinds) {
        return IntStream.range(0, texts.size())
                .filter(place -> kinds.get(place) != PreviewColumn.Kind.ARRAY)
                .boxed()
                .sorted(Comparator.comparingInt((Integer place) -> -likeliness(texts, kinds, place))
                        .thenComparing(Comparator.reverseOrder()))
                .map(place -> texts.get(place).name())
                .toList();
    }

    private static int likeliness(List<Column> texts, List<PreviewColumn.Kind> kinds, int place) {
        Column.Texts column = (Column.Texts) texts.get(place);
        int different = column.dictionary().size();
        int score = LABEL_NAMES.contains(column.name().strip().toLowerCase(Locale.ROOT)) ? 8 : 0;
        score += place == texts.size() - 1 ? 3 : 0;
        score += different <= FEW_VALUES ? 2 : 0;
        score +=
                kinds.get(place) == PreviewColumn.Kind.CATEGORY || kinds.get(place) == PreviewColumn.Kind.TRUTH ? 1 : 0;
        score -= kinds.get(place) == PreviewColumn.Kind.TEXT ? 4 : 0;
        return different < 2 ? -10 : score;
    }
}
