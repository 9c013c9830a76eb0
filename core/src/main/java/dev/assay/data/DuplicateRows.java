package dev.assay.data;

import java.util.HashMap;
import java.util.Map;

/**
 * Rows that are equal in every feature.
 *
 * @param rows rows that have at least one equal, each of them counted
 * @param repeated rows beyond the first of each kind
 * @param disagreeing rows whose equals do not all have the same label, themselves counted
 */
public record DuplicateRows(int rows, int repeated, int disagreeing) {

    /** Counts; O(n). */
    public static DuplicateRows of(Dataset data, ContentOrder order) {
        Map<Long, Group> groups = new HashMap<>();
        for (int i = 0; i < data.size(); i++) {
            double label = data.targets().value(i);
            groups.computeIfAbsent(order.features()[i], key -> new Group(label)).add(label);
        }
        int rows = 0;
        int repeated = 0;
        int disagreeing = 0;
        for (Group group : groups.values()) {
            if (group.size > 1) {
                rows += group.size;
                repeated += group.size - 1;
                disagreeing += group.agrees ? 0 : group.size;
            }
        }
        return new DuplicateRows(rows, repeated, disagreeing);
    }

    private static final class Group {
        private final double label;
        private int size;
        private boolean agrees = true;

        Group(double label) {
            this.label = label;
        }

        void add(double other) {
            size++;
            agrees &= other == label;
        }
    }
}
