package dev.assay.rules;

import dev.assay.data.Column;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be told apart from others.
 *
 * @param considered whether each row counts at all
 * @param member whether it is in the set
 * @param probability of being in the set, where that is known better than by {@code member}: rules are grown by it and must
 *     beat chance by it too; null = 1 for members and 0 for the others
 * @param last columns that stand at the end of a rule only: the label where wrong labels are told. Which labels look wrong
 *     is a function of features and label, so label and features freely combined would tell the model and not the cause
 */
public record RowSet(boolean[] considered, boolean[] member, double @Nullable [] probability, List<Column> last) {
    /** Copies the list. */
    public RowSet {
        last = List.copyOf(last);
    }

    /** A set of which it is known for sure which rows belong to it. */
    public static RowSet certain(boolean[] considered, boolean[] member, List<Column> last) {
        return new RowSet(considered, member, null, last);
    }

    /** Such a set among all rows. */
    public static RowSet of(boolean[] member) {
        boolean[] all = new boolean[member.length];
        Arrays.fill(all, true);
        return certain(all, member, List.of());
    }
}
