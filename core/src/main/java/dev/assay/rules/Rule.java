package dev.assay.rules;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of rows told in conditions that all hold, and how good that is. All figures are of held-out rows: rows with which
 * the rule was not found.
 *
 * @param conditions at most three, of different columns
 * @param coverage share of the set's rows that the rule holds for, by weight; higher = it tells more of the set
 * @param precision share of the rows that it holds for that are in the set, by weight; higher = it is right more often
 * @param baseRate share of the set in all held-out rows: what a rule that says nothing would be right in
 * @param rows held-out rows that it holds for
 * @param hits those of them in the set
 * @param members held-out rows in the set
 * @param heldOut held-out rows
 * @param chance probability of so high a precision where the set has nothing to do with the rule; for this rule alone
 */
public record Rule(
        List<Condition> conditions,
        Proportion coverage,
        Proportion precision,
        double baseRate,
        int rows,
        int hits,
        int members,
        int heldOut,
        double chance) {
    /** Copies the list. */
    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** In words: {@code site = B and hour > 17}. */
    public String text() {
        return conditions.stream().map(Condition::text).collect(Collectors.joining(" and "));
    }
}
