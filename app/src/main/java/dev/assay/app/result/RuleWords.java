package dev.assay.app.result;

import dev.assay.job.FoundRules;
import dev.assay.rules.Condition;
import dev.assay.rules.Rule;
import dev.assay.rules.RuleFinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What run.json and the report say of rules. */
public final class RuleWords {
    private RuleWords() {}

    /** Why no rules were looked for, or null. */
    public static @Nullable String note(FoundRules rules) {
        if (rules.obstacle() instanceof FoundRules.ArrayOfDimensions array) {
            return "No rules are looked for: single entries of an array of " + array.dimensions()
                    + " dimensions say little.";
        }
        return rules.obstacle() instanceof FoundRules.TooManyColumns many
                ? "No rules are looked for: " + many.columns() + " columns are more than the " + RuleFinder.MOST_COLUMNS
                        + " that a person can check."
                : null;
    }

    /** What run.json says of rules. */
    public static List<Object> facts(List<Rule> rules) {
        List<Object> result = new ArrayList<>();
        for (Rule rule : rules) {
            result.add(RunRecord.entry(
                    "rule", rule.text(),
                    "conditions",
                            rule.conditions().stream().map(RuleWords::facts).toList(),
                    "coverage", rule.coverage(),
                    "precision", rule.precision(),
                    "baseRate", rule.baseRate(),
                    "rows", rule.rows(),
                    "hits", rule.hits(),
                    "members", rule.members(),
                    "heldOutRows", rule.heldOut(),
                    "chance", rule.chance()));
        }
        return result;
    }

    private static Map<String, @Nullable Object> facts(Condition condition) {
        if (condition instanceof Condition.Levels levels) {
            return RunRecord.entry(
                    "column", levels.column(),
                    "condition", levels.text(),
                    "levels", levels.levels(),
                    "missing", levels.missing(),
                    "negated", levels.negated());
        }
        Condition.Range range = (Condition.Range) condition;
        return RunRecord.entry(
                "column", range.column(),
                "condition", range.text(),
                "above", Double.isInfinite(range.above()) ? null : range.above(),
                "upTo", Double.isInfinite(range.upTo()) ? null : range.upTo(),
                "missing", range.orMissing());
    }
}
