package dev.assay.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named columns of equal length, as a file has them and before any encoding. Immutable. */
public final class Table {

    private final List<Column> columns;
    private final int rowCount;
    private final int[] rows;

    /**
     * A table of the given columns.
     *
     * @param rows the 0-based row of the input file that each row of this table comes from; taken over, not copied
     */
    public Table(List<Column> columns, int[] rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.rowCount = rows.length;
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (column.size() != rowCount) {
                throw new IllegalArgumentException("column '" + column.name() + "' has " + column.size()
                        + " cells, the table has " + rowCount + " rows");
            }
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are named '" + column.name() + "'");
            }
        }
    }

    /** The columns in the order of the file. */
    public List<Column> columns() {
        return columns;
    }

    /** The number of rows. */
    public int rowCount() {
        return rowCount;
    }

    /** The 0-based row of the input file that a row of this table comes from. */
    public int fileRow(int row) {
        return rows[row];
    }

    /** The 0-based rows of the input file that the rows of this table come from; not to be written to. */
    public int[] fileRows() {
        return rows;
    }

    /** The column of that name, or null where there is none. */
    public @Nullable Column find(String name) {
        for (Column column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    /**
     * Numbers that are NaN or infinite.
     *
     * @param count how many
     * @param fileRow the 0-based row of the input file with the first of them
     * @param column where it stands
     * @param value what it is
     */
    public record NonFinite(int count, int fileRow, String column, double value) {
        /** None. */
        public static final NonFinite NONE = new NonFinite(0, 0, "", 0);

        /** These and those of rows that come later. */
        public NonFinite plus(NonFinite later) {
            NonFinite first = count > 0 ? this : later;
            return new NonFinite(count + later.count, first.fileRow, first.column, first.value);
        }

        /**
         * Checks that there are none.
         *
         * @param mayDrop whether columns may still be left out
         * @throws InvalidInputException with the count and the first row, if there are
         */
        public void requireNone(boolean mayDrop) {
            if (count == 0) {
                return;
            }
            List<Remedy> remedies = new ArrayList<>(
                    List.of(Remedy.of("correct it"), Remedy.of("leave the cell empty if the value is missing")));
            if (mayDrop) {
                remedies.add(Remedy.by("leave the column out", "drop", column));
            }
            throw new InvalidInputException(
                    "features: " + count + (count == 1 ? " value is" : " values are")
                            + " NaN or infinite, the first is " + value + " in row " + (fileRow + 1) + ", column '"
                            + column + "'",
                    remedies);
        }
    }

    /** The numbers in the number columns of the given names that are not finite. */
    public NonFinite nonFinite(Collection<String> names) {
        Set<String> wanted = Set.copyOf(names);
        int count = 0;
        int firstRow = Integer.MAX_VALUE;
        String firstColumn = "";
        double firstValue = 0;
        for (Column column : columns) {
            if (!(column instanceof Column.Numbers numbers) || !wanted.contains(column.name())) {
                continue;
            }
            for (int row = 0; row < rowCount; row++) {
                double value = numbers.get(row);
                if (!Double.isFinite(value) && !numbers.isMissing(row)) {
                    count++;
                    if (row < firstRow) {
                        firstRow = row;
                        firstColumn = column.name();
                        firstValue = value;
                    }
                }
            }
        }
        return count == 0 ? NonFinite.NONE : new NonFinite(count, fileRow(firstRow), firstColumn, firstValue);
    }
}
