package dev.assay.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules for one set as the rows they are grown on suggest them.
 *
 * @param features columns that may stand anywhere in a rule
 * @param last columns that may only stand at its end
 * @param rows to grow on
 * @param weights of all rows, 1 on average
 * @param target memberships of all rows, from 0 to 1
 */
record RuleCandidates(
        List<RuleColumn> features, List<RuleColumn> last, boolean[] rows, double[] weights, double[] target) {
    private static final int MOST_RULES = 3;
    /** A rule says nothing new where so much of what it tells of the set has been told. */
    private static final double TOLD = 0.8;
    /** Differences below this are those of rounding, which follows the order of the rows. */
    private static final double ROUNDING = 1e-9;

    /** What a rule is worth: sum of (membership - base rate) over its rows. */
    private record Valued(List<Condition> conditions, boolean[] matches, double value) {
        String text() {
            return conditions.stream().map(Condition::text).collect(Collectors.joining(" and "));
        }
    }

    /** At most three rules, those that tell most of the set first. */
    List<List<Condition>> best() {
        double base = tally(rows).rate();
        Set<List<Condition>> found = new LinkedHashSet<>();
        SplitSearch search = new SplitSearch(weights, target);
        for (List<Condition> leaf : RuleTree.leaves(features, search, rows)) {
            if (!leaf.isEmpty() && tally(matches(leaf)).rate() > base) {
                found.add(generalised(leaf));
            }
        }
        if (!last.isEmpty()) {
            List<List<Condition>> open = new ArrayList<>(found);
            open.add(List.of());
            open.forEach(rule -> found.addAll(ended(rule, search)));
        }
        return withoutRepetition(found.stream()
                .map(conditions -> conditions.stream()
                        .map(condition ->
                                RuleMatches.columnOf(columns(), condition).shortest(condition))
                        .toList())
                .map(conditions -> valued(conditions, base))
                .sorted(Comparator.comparingDouble((Valued rule) -> -Math.rint(rule.value / ROUNDING))
                        .thenComparing(Valued::text))
                .toList());
    }

    /** All columns. */
    List<RuleColumn> columns() {
        List<RuleColumn> all = new ArrayList<>(features);
        all.addAll(last);
        return all;
    }

    private boolean[] matches(List<Condition> conditions) {
        return RuleMatches.of(columns(), rows, conditions);
    }

    private RuleTally tally(boolean[] chosen) {
        return RuleTally.of(chosen, weights, target);
    }

    private double lowest(List<Condition> conditions) {
        return tally(matches(conditions)).proportion().low();
    }

    /** Without the conditions that do not raise the lower end of the interval of its precision. */
    private List<Condition> generalised(List<Condition> rule) {
        List<Condition> current = rule;
        double lowest = lowest(rule);
        boolean shortened = true;
        while (shortened && current.size() > 1) {
            shortened = false;
            List<Condition> whole = current;
            for (int k = 0; k < whole.size(); k++) {
                List<Condition> shorter = new ArrayList<>(whole);
                shorter.remove(k);
                double low = lowest(shorter);
                if (low >= lowest - (shortened ? -ROUNDING : ROUNDING)) {
                    lowest = low;
                    current = List.copyOf(shorter);
                    shortened = true;
                }
            }
        }
        return current;
    }

    /** The rule with a condition on a last column: each side of the best split that has more of the set than the rule. */
    private List<List<Condition>> ended(List<Condition> rule, SplitSearch search) {
        boolean[] inside = matches(rule);
        SplitSearch.Split split = rule.size() == RuleTree.DEPTH ? null : search.best(last, inside);
        if (split == null || !(split.worth() > RuleTree.MARGIN)) {
            return List.of();
        }
        List<Condition> longer = Condition.with(rule, split.yes());
        return List.of(
                tally(matches(longer)).rate() > tally(inside).rate() ? longer : Condition.with(rule, split.no()));
    }

    private Valued valued(List<Condition> conditions, double base) {
        boolean[] matches = matches(conditions);
        RuleTally tally = tally(matches);
        return new Valued(conditions, matches, tally.members() - base * tally.weight());
    }

    private List<List<Condition>> withoutRepetition(List<Valued> rules) {
        List<List<Condition>> result = new ArrayList<>();
        boolean[] told = new boolean[rows.length];
        for (Valued rule : rules) {
            boolean[] again = new boolean[rows.length];
            for (int row = 0; row < again.length; row++) {
                again[row] = told[row] && rule.matches[row];
            }
            boolean isNew = tally(again).members() < TOLD * tally(rule.matches).members();
            if (result.size() < MOST_RULES && rule.value > 0 && isNew) {
                result.add(rule.conditions);
                for (int row = 0; row < told.length; row++) {
                    told[row] |= rule.matches[row];
                }
            }
        }
        return List.copyOf(result);
    }
}
