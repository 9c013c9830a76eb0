package dev.assay.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A small binary tree, grown greedily by {@link SplitSearch} and pruned from below: a split stays where the splits below it and
 * itself are worth more than nothing together, each after its price and a margin.
 */
final class RuleTree {
    /** Conditions that a row meets on its way down, at most. */
    static final int DEPTH = 3;
    /** A split must be worth so many nats more than its price. */
    static final double MARGIN = 3;

    private final List<RuleColumn> columns;
    private final SplitSearch search;

    private RuleTree(List<RuleColumn> columns, SplitSearch search) {
        this.columns = columns;
        this.search = search;
    }

    /** What leads to a part of the tree, and what that is worth. */
    private record Part(double worth, List<List<Condition>> leaves) {}

    /** The conditions of each leaf, those of one column together; a single empty list where no split is worth it. O(columns n). */
    static List<List<Condition>> leaves(List<RuleColumn> columns, SplitSearch search, boolean[] rows) {
        return new RuleTree(columns, search).grow(rows, List.of(), 0).leaves;
    }

    private Part grow(boolean[] rows, List<Condition> path, int depth) {
        Part leaf = new Part(0, List.of(path));
        SplitSearch.Split split = depth == DEPTH ? null : search.best(columns, rows);
        if (split == null || !(split.gain() > 0)) {
            return leaf;
        }
        Part yes = grow(RuleMatches.narrow(columns, rows, split.yes()), Condition.with(path, split.yes()), depth + 1);
        Part no = grow(RuleMatches.narrow(columns, rows, split.no()), Condition.with(path, split.no()), depth + 1);
        double worth = split.worth() - MARGIN + yes.worth + no.worth;
        if (!(worth > 0)) {
            return leaf;
        }
        List<List<Condition>> leaves = new ArrayList<>(yes.leaves);
        leaves.addAll(no.leaves);
        return new Part(worth, List.copyOf(leaves));
    }
}
