package dev.assay.noise;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.work.Seeds;

/**
 * Rows whose labels are judged by experts that did not see them.
 *
 * @param rows their indices among all, ascending
 * @param data these rows alone
 * @param parts of these rows
 */
record OutOfFoldRows(int[] rows, Dataset data, ContentOrder order, Folds parts) {
    private static final int PARTS = 5;
    /** With fewer rows than this each expert needs more of them. */
    static final int FEW_ROWS = 1000;

    private static final int PARTS_OF_FEW = 10;

    /** At most so many of the rows. */
    static OutOfFoldRows sample(Dataset data, ContentOrder order, int size, long seed) {
        int[] rows = order.sample(size, Seeds.child(seed, "judged rows"));
        boolean all = rows.length == data.size();
        ContentOrder own = all ? order : order.select(rows);
        int parts = Math.max(2, Math.min(rows.length, rows.length < FEW_ROWS ? PARTS_OF_FEW : PARTS));
        return new OutOfFoldRows(
                rows, all ? data : data.select(rows), own, Folds.of(own, parts, Seeds.child(seed, "judging parts")));
    }

    int size() {
        return rows.length;
    }
}
