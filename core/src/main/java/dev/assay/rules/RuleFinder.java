package dev.assay.rules;

import dev.assay.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells sets of rows by rules of at most three conditions.
 *
 * <ol>
 *   <li>On two thirds of the rows a {@link RuleTree} is grown for each set. Each leaf with more of the set than all rows have is a
 *       rule. Conditions are left out as long as the lower end of the interval of its precision, on these rows, does not fall.
 *       Columns that may only come last are then tried at the end of each, and alone.
 *   <li>The rules with the largest sum of (membership - base rate) over their rows are taken, at most three for a set, none
 *       whose share of the set others have told already.
 *   <li>On the other third they are judged. A rule is told where it beats chance - Fisher's exact test of its rows against the
 *       rest at 0.05 over the number of rules judged in all sets together, and where memberships are probabilities, Hoeffding's
 *       bound for their mean at the same level - and is of use: it holds for at least 5 % of the set, and the odds at the lower
 *       end of the interval of its precision are at least one and a half times those of the base rate.
 * </ol>
 *
 * <p>So where the sets have nothing to do with the columns, the chance that any rule is told at all is at most 0.05. O(columns n
 * log n) once and O(columns n) for each set.
 */
public final class RuleFinder {
    /** More columns than these cannot be read. */
    public static final int MOST_COLUMNS = 200;

    private static final double LEVEL = 0.05;
    private static final double USEFUL_ODDS = 1.5;
    private static final double SMALLEST_COVERAGE = 0.05;
    private static final int FEWEST_TO_GROW = 10;
    private static final int FEWEST_TO_JUDGE = 5;

    private final List<RuleColumn> columns;
    private final double[] weights;
    private final boolean[] heldOut;

    /**
     * A finder for rows with these columns.
     *
     * @param columns what rules may speak of, in the units of the file
     * @param weights of each row, at least 0; those of weight 0 are left out
     * @param heldOut whether rules are judged on the row, else they are found with it
     */
    public RuleFinder(List<Column> columns, double[] weights, boolean[] heldOut) {
        this.columns = forms(columns);
        double mean =
                Arrays.stream(weights).filter(weight -> weight > 0).average().orElse(1);
        this.weights = Arrays.stream(weights).map(weight -> weight / mean).toArray();
        this.heldOut = heldOut;
    }

    private static List<RuleColumn> forms(List<Column> columns) {
        return columns.stream()
                .flatMap(column -> RuleColumn.of(column).stream())
                .toList();
    }

    /** A rule before it is judged. */
    private record Suspected(RowSet set, List<RuleColumn> columns, List<Condition> conditions) {}

    /** The rules of each set, those that tell most of it first; none where none beats chance. */
    public List<List<Rule>> find(List<RowSet> sets) {
        List<List<Suspected>> suspected = sets.stream().map(this::suspected).toList();
        int judged = suspected.stream().mapToInt(List::size).sum();
        List<List<Rule>> result = new ArrayList<>();
        for (List<Suspected> rules : suspected) {
            result.add(rules.stream()
                    .map(this::judge)
                    .filter(rule -> isWorthTelling(rule, LEVEL / judged))
                    .toList());
        }
        return result;
    }

    private static boolean isWorthTelling(Rule rule, double level) {
        return rule.chance() <= level
                && rule.coverage().value() >= SMALLEST_COVERAGE
                && odds(rule.precision().low()) >= USEFUL_ODDS * odds(rule.baseRate());
    }

    private static double odds(double share) {
        return share / (1 - share);
    }

    private List<Suspected> suspected(RowSet set) {
        boolean[] rows = rows(set, false);
        if (!isEnough(set, rows, FEWEST_TO_GROW) || !isEnough(set, rows(set, true), FEWEST_TO_JUDGE)) {
            return List.of();
        }
        double[] probability = set.probability();
        RuleCandidates candidates = new RuleCandidates(
                columns, forms(set.last()), rows, weights, probability == null ? indicator(set.member()) : probability);
        return candidates.best().stream()
                .map(conditions -> new Suspected(set, candidates.columns(), conditions))
                .toList();
    }

    private Rule judge(Suspected rule) {
        RowSet set = rule.set;
        boolean[] rows = rows(set, true);
        boolean[] matches = RuleMatches.of(rule.columns, rows, rule.conditions);
        double[] membership = indicator(set.member());
        RuleTally whole = RuleTally.of(rows, weights, membership);
        RuleTally caught = RuleTally.of(matches, weights, membership);
        boolean[] members = both(rows, set.member());
        int hits = count(both(matches, set.member()));
        double chance = ChanceTest.tail(whole.rows(), count(members), caught.rows(), hits);
        double[] probability = set.probability();
        if (probability != null) {
            RuleTally among = RuleTally.of(matches, weights, probability);
            double base = RuleTally.of(rows, weights, probability).rate();
            chance = Math.max(chance, ChanceTest.bound(base, among.effective(), among.rate()));
        }
        return new Rule(
                rule.conditions,
                RuleTally.of(members, weights, indicator(matches)).proportion(),
                caught.proportion(),
                whole.rate(),
                caught.rows(),
                hits,
                count(members),
                whole.rows(),
                chance);
    }

    private boolean[] rows(RowSet set, boolean toJudge) {
        boolean[] result = new boolean[weights.length];
        for (int row = 0; row < result.length; row++) {
            result[row] = set.considered()[row] && weights[row] > 0 && heldOut[row] == toJudge;
        }
        return result;
    }

    /** Whether there are enough rows of the set and enough others. */
    private static boolean isEnough(RowSet set, boolean[] rows, int fewest) {
        int members = count(both(rows, set.member()));
        return members >= fewest && count(rows) - members >= fewest;
    }

    private static double[] indicator(boolean[] member) {
        double[] result = new double[member.length];
        Arrays.setAll(result, row -> member[row] ? 1 : 0);
        return result;
    }

    private static boolean[] both(boolean[] one, boolean[] two) {
        boolean[] result = new boolean[one.length];
        for (int row = 0; row < result.length; row++) {
            result[row] = one[row] && two[row];
        }
        return result;
    }

    private static int count(boolean[] rows) {
        int count = 0;
        for (boolean row : rows) {
            count += row ? 1 : 0;
        }
        return count;
    }
}
