package dev.assay.data;

import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a {@link Table} into features by rules that were fitted once, see {@link TableEncoder}.
 *
 * @param columns the rule of each column, in the order of the features
 * @param notes what was decided while fitting that the user should know, one line each
 */
public record FittedEncoder(List<ColumnEncoding> columns, List<String> notes) implements FeatureEncoding {

    /** The name of the last feature, which is 1 for each example. */
    public static final String BIAS = "bias";

    /** Rows that are filled at a time, so that the rows being written to stay in the cache. */
    private static final int BLOCK = 512;

    /** Copies the lists. */
    public FittedEncoder {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    @Override
    public List<String> featureNames() {
        List<String> names = new ArrayList<>();
        for (ColumnEncoding column : columns) {
            names.addAll(column.featureNames());
        }
        names.add(BIAS);
        return names;
    }

    /** The names of the columns that a table must have to be encoded. */
    public List<String> requiredColumns() {
        return columns.stream()
                .filter(column -> !column.featureNames().isEmpty())
                .map(ColumnEncoding::column)
                .toList();
    }

    /**
     * Features and what had to be done to get them.
     *
     * @param features n x d, the bias as the last column
     * @param notes one line for each thing that the user should know, such as levels never seen before
     */
    public record Encoded(Matrix features, List<String> notes) {}

    /**
     * Applies the rules, whatever table they were fitted on. O(n d).
     *
     * @throws InvalidInputException if a column is absent, or holds something else than what the rule is for
     */
    public Encoded encode(Table table) {
        int width = featureNames().size();
        long size = (long) table.rowCount() * width;
        if (size > Integer.MAX_VALUE - 8) {
            throw new InvalidInputException("the features do not fit: " + table.rowCount() + " rows x " + width
                    + " features are more than the 2147483639 numbers that one data set can hold;"
                    + " take fewer rows, or leave out columns");
        }
        table.requireFinite(requiredColumns(), false);
        List<ColumnFill> fills = new ArrayList<>();
        List<String> encodingNotes = new ArrayList<>();
        int offset = 0;
        for (ColumnEncoding column : columns) {
            int count = column.featureNames().size();
            if (count > 0) {
                Column values = column(table, column.column());
                fills.add(ColumnFill.of(column, values, table, offset));
                noteMissing(column, values, encodingNotes);
            }
            offset += count;
        }
        Matrix features = new Matrix(table.rowCount(), width);
        double[] entries = features.values();
        for (int from = 0; from < table.rowCount(); from += BLOCK) {
            int to = Math.min(from + BLOCK, table.rowCount());
            for (ColumnFill fill : fills) {
                fill.fill(entries, width, from, to);
            }
            for (int row = from; row < to; row++) {
                entries[row * width + width - 1] = 1;
            }
        }
        for (ColumnFill fill : fills) {
            encodingNotes.addAll(fill.notes());
        }
        return new Encoded(features, List.copyOf(encodingNotes));
    }

    private static void noteMissing(ColumnEncoding rule, Column column, List<String> notes) {
        int missing = column.missingCount();
        if (missing > 0 && missing < column.size() && !rule.missingIndicator()) {
            notes.add("column '" + column.name() + "': " + missing + (missing == 1 ? " value" : " values")
                    + " missing, none was when the encoding was fitted; taken as average");
        }
    }

    private static Column column(Table table, String name) {
        Column column = table.find(name);
        if (column == null) {
            throw new InvalidInputException("column '" + name + "' is missing: the table must have the columns that"
                    + " the encoding was fitted to; it has "
                    + table.columns().stream().map(Column::name).toList());
        }
        return column;
    }
}
