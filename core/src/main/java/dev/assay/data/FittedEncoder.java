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
     * @param tally what was met in the columns
     */
    public record Encoded(Matrix features, EncodingTally tally) {
        /** One line for each thing that the user should know, such as levels never seen before. */
        public List<String> notes() {
            return tally.notes();
        }
    }

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
        table.nonFinite(requiredColumns()).requireNone(false);
        List<ColumnFill> fills = new ArrayList<>();
        int offset = 0;
        for (ColumnEncoding column : columns) {
            int count = column.featureNames().size();
            if (count > 0) {
                fills.add(ColumnFill.of(column, column(table, column.column()), table, offset));
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
        List<EncodingTally.OfColumn> tally = new ArrayList<>();
        int filled = 0;
        for (ColumnEncoding rule : columns) {
            if (!rule.featureNames().isEmpty()) {
                ColumnFill fill = fills.get(filled++);
                tally.add(new EncodingTally.OfColumn(
                        rule,
                        table.rowCount(),
                        column(table, rule.column()).missingCount(),
                        fill.unseen(),
                        fill.firstUnseen()));
            }
        }
        return new Encoded(features, new EncodingTally(tally));
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
