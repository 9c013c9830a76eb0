package dev.assay.app.cli;

import dev.assay.app.result.FoundRules;
import dev.assay.rules.Rule;
import java.util.List;

/** Rules on the screen, in words; nothing where none beats chance. */
final class RuleScreen {
    private static final int SHOWN = 2;
    private static final String TITLE =
            "%s as rules that you can check; figures are of rows that had no part in finding them";

    private RuleScreen() {}

    /** The rules of blocks and of labels that nothing explains. */
    static void show(FoundRules rules, Screen screen) {
        List<List<Rule>> blocks = rules.blocks();
        if (rules.note() != null) {
            screen.line(rules.note());
            return;
        }
        if (!rules.unexplained().isEmpty() || blocks.stream().anyMatch(found -> !found.isEmpty())) {
            screen.title(TITLE.formatted("Blocks"));
        }
        for (int k = 0; k < blocks.size(); k++) {
            for (Rule rule : few(blocks.get(k))) {
                screen.line("block " + (k + 1) + ": " + FoundRules.sentence(rule, "its rows"));
            }
        }
        for (Rule rule : few(rules.unexplained())) {
            screen.line("unexplained: " + FoundRules.sentence(rule, "the labels that nothing explains"));
        }
        if (blocks.size() > 1 && blocks.stream().allMatch(List::isEmpty)) {
            screen.line("No rule of up to three conditions tells the blocks apart better than chance.");
        }
    }

    /** The rules of rows that look foreign. */
    static void showSuspicious(FoundRules rules, Screen screen) {
        if (rules.note() != null) {
            screen.line(rules.note());
        }
        if (!rules.unexplained().isEmpty()) {
            screen.title(TITLE.formatted("Rows that look foreign"));
            few(rules.unexplained())
                    .forEach(rule -> screen.line(FoundRules.sentence(rule, "the rows that look foreign")));
        }
    }

    private static List<Rule> few(List<Rule> rules) {
        return rules.subList(0, Math.min(SHOWN, rules.size()));
    }
}
