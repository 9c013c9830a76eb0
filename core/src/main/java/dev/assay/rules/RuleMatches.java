package dev.assay.rules;

import java.util.List;

/** The rows that conditions hold for. */
final class RuleMatches {
    private RuleMatches() {}

    /** Those of the given rows for which all conditions hold; O(conditions n). */
    static boolean[] of(List<RuleColumn> columns, boolean[] rows, List<Condition> conditions) {
        boolean[] result = rows.clone();
        for (Condition condition : conditions) {
            result = narrow(columns, result, condition);
        }
        return result;
    }

    /** Those of the given rows for which one condition holds. */
    static boolean[] narrow(List<RuleColumn> columns, boolean[] rows, Condition condition) {
        boolean[] result = columnOf(columns, condition).holds(condition);
        for (int row = 0; row < result.length; row++) {
            result[row] &= rows[row];
        }
        return result;
    }

    /** The column of a condition. */
    static RuleColumn columnOf(List<RuleColumn> columns, Condition condition) {
        return columns.stream()
                .filter(column -> column.takes(condition))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column for " + condition.text()));
    }
}
