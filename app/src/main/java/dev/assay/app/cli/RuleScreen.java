package dev.assay.app.cli;

import dev.assay.app.result.Numbers;
import dev.assay.app.result.RuleWords;
import dev.assay.job.FoundRules;
import dev.assay.rules.Rule;
import java.util.List;
import java.util.Locale;

/** Rules on the screen, in words; nothing where none beats chance. */
final class RuleScreen {
    private static final int SHOWN = 2;
    private static final String TITLE =
            "%s as rules that you can check; figures are of rows that had no part in finding them";

    private RuleScreen() {}

    /** The rules of blocks and of labels that nothing explains. */
    static void show(FoundRules rules, Screen screen) {
        List<List<Rule>> blocks = rules.blocks();
        String note = RuleWords.note(rules);
        if (note != null) {
            screen.line(note);
            return;
        }
        if (!rules.unexplained().isEmpty() || blocks.stream().anyMatch(found -> !found.isEmpty())) {
            screen.title(TITLE.formatted("Blocks"));
        }
        for (int k = 0; k < blocks.size(); k++) {
            for (Rule rule : few(blocks.get(k))) {
                screen.line("block " + (k + 1) + ": " + sentence(rule, "its rows", "are of this block"));
            }
        }
        for (Rule rule : few(rules.unexplained())) {
            screen.line("unexplained: " + sentence(rule, "these rows", "are of them"));
        }
        if (blocks.size() > 1 && blocks.stream().allMatch(List::isEmpty)) {
            screen.line("No rule of up to three conditions tells the blocks apart better than chance.");
        }
    }

    /**
     * The rules of the rows that do not fit the rest.
     *
     * @param which these are, in words
     */
    static void showSuspicious(FoundRules rules, String which, Screen screen) {
        String note = RuleWords.note(rules);
        if (note != null) {
            screen.line(note);
        }
        if (!rules.unexplained().isEmpty()) {
            screen.title(TITLE.formatted(which.substring(0, 1).toUpperCase(Locale.ROOT) + which.substring(1)));
            few(rules.unexplained()).forEach(rule -> screen.line(sentence(rule, "these rows", "are of them")));
        }
    }

    /** "site = B: holds for 98.0 % of its rows; 97.0 % [93.1 %, 98.9 %] of the rows it holds for are of this block, ..." */
    private static String sentence(Rule rule, String set, String belong) {
        return rule.text() + ": holds for " + Numbers.percent(rule.coverage().value()) + " of " + set + "; "
                + Numbers.percent(rule.precision().value()) + " ["
                + Numbers.percent(rule.precision().low()) + ", "
                + Numbers.percent(rule.precision().high()) + "] of the " + Numbers.count(rule.rows())
                + " rows it holds for " + belong + ", " + Numbers.percent(rule.baseRate()) + " of all";
    }

    private static List<Rule> few(List<Rule> rules) {
        return rules.subList(0, Math.min(SHOWN, rules.size()));
    }
}
