package dev.assay.data;

import java.util.ArrayList;
import java.util.List;

/**
 * What was met while rows were encoded, column by column; blocks of one table add up to what the whole table gives.
 *
 * @param columns those that became features, in the order of the encoding
 */
public record EncodingTally(List<OfColumn> columns) {
    /**
     * What was met in one column.
     *
     * @param rule by which it was encoded
     * @param rows how many cells it has
     * @param missing how many of them have no value
     * @param unseen how many of them hold a level that was not there when the encoding was fitted
     * @param firstUnseen the first of these, empty where there is none
     */
    public record OfColumn(ColumnEncoding rule, int rows, int missing, int unseen, String firstUnseen) {
        private OfColumn plus(OfColumn later) {
            return new OfColumn(
                    rule,
                    rows + later.rows,
                    missing + later.missing,
                    unseen + later.unseen,
                    firstUnseen.isEmpty() ? later.firstUnseen : firstUnseen);
        }
    }

    /** Copies the list. */
    public EncodingTally {
        columns = List.copyOf(columns);
    }

    /** That of no row. */
    public static EncodingTally nothing(FittedEncoder encoder) {
        return new EncodingTally(encoder.columns().stream()
                .filter(rule -> !rule.featureNames().isEmpty())
                .map(rule -> new OfColumn(rule, 0, 0, 0, ""))
                .toList());
    }

    /** This and what was met in the rows that come next. */
    public EncodingTally plus(EncodingTally later) {
        List<OfColumn> sums = new ArrayList<>();
        for (int place = 0; place < columns.size(); place++) {
            sums.add(columns.get(place).plus(later.columns.get(place)));
        }
        return new EncodingTally(sums);
    }

    /** One line for each thing that the user should know, such as levels never seen before. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (OfColumn column : columns) {
            int missing = column.missing();
            if (missing > 0 && missing < column.rows() && !column.rule().missingIndicator()) {
                notes.add("column '" + column.rule().column() + "': " + missing + (missing == 1 ? " value" : " values")
                        + " missing, none was when the encoding was fitted; taken as average");
            }
        }
        for (OfColumn column : columns) {
            boolean presence = column.rule() instanceof ColumnEncoding.Presence;
            if (!presence && column.rows() > 0 && column.missing() == column.rows()) {
                notes.add("column '" + column.rule().column() + "' has no value in any of the " + column.rows()
                        + " rows");
            } else if (column.rule() instanceof ColumnEncoding.Category category && column.unseen() > 0) {
                notes.add("column '" + category.column() + "': " + column.unseen()
                        + (column.unseen() == 1 ? " value" : " values")
                        + " not seen when the encoding was fitted (\"" + column.firstUnseen() + "\" for one), taken as "
                        + (category.pools() ? "one of the rare levels" : "none of the known levels"));
            }
        }
        return notes;
    }
}
