package dev.assay.io.table;

import dev.assay.data.Column;
import java.util.BitSet;
import java.util.Locale;
import java.util.regex.Pattern;

/** Columns that say where a row stands, or stood, in a file and not what it is. */
final class RowNumbers {
    /** In fewer rows a measurement may be a count by accident. */
    private static final int LEAST_ROWS = 20;
    /** What data frames call the index that they write. */
    private static final Pattern WRITTEN_INDEX = Pattern.compile("unnamed: ?\\d+(_level_\\d+)?|__index_level_\\d+__");

    private static final Pattern INDEX = Pattern.compile("#|(row|line|record|sample|example|level)?[ _.-]*"
            + "(index|idx|ids?|no|nr|num|number|rowid|rownum|rownumber|rowname|rownames|row)");

    private RowNumbers() {}

    /**
     * Whether the column numbers the rows, in whatever order they stand now: a permutation of 0 to n - 1 or 1 to n (some of
     * these, where rows were left out), under the name of an index or under none.
     *
     * @param unnamed whether the file has no name for it
     * @param records the number of records of the file, those that were left out included
     */
    static boolean are(Column column, boolean unnamed, int records) {
        String name = column.name().strip().toLowerCase(Locale.ROOT);
        boolean index = unnamed || name.isEmpty() || WRITTEN_INDEX.matcher(name).matches();
        if (!index && !INDEX.matcher(name).matches()) {
            return false;
        }
        if (!(column instanceof Column.Numbers numbers) || column.size() < LEAST_ROWS || column.missingCount() > 0) {
            return false;
        }
        BitSet seen = new BitSet();
        boolean fromZero = false;
        boolean toRecords = false;
        for (int row = 0; row < column.size(); row++) {
            double value = numbers.get(row);
            // an index that nobody named may come from a larger file
            double most = index ? Integer.MAX_VALUE - 1.0 : records;
            if (!(value >= 0 && value <= most) || value != Math.rint(value) || seen.get((int) value)) {
                return false;
            }
            seen.set((int) value);
            fromZero |= value == 0;
            toRecords |= value == records;
        }
        return index || !(fromZero && toRecords);
    }

    /** Whether the numbers are an unbroken count. */
    static boolean count(Column column) {
        if (!(column instanceof Column.Numbers numbers) || column.size() < LEAST_ROWS || column.missingCount() > 0) {
            return false;
        }
        for (int row = 1; row < column.size(); row++) {
            if (numbers.get(row) != numbers.get(row - 1) + 1) {
                return false;
            }
        }
        return true;
    }
}
