package dev.assay.app.screen;

import dev.assay.app.result.CheckWords;
import dev.assay.job.Check;
import java.util.ArrayList;
import java.util.List;

/** What came of checking data: a line for each check, whole, so that a log can be searched. */
public final class CheckScreen {
    private CheckScreen() {}

    public static void show(CheckWords words, Screen screen) {
        screen.title(words.sentence());
        List<List<String>> rows = new ArrayList<>();
        for (Check check : words.outcome().checks()) {
            rows.add(List.of(CheckWords.result(check), CheckWords.name(check), words.sentence(check)));
        }
        screen.table(rows);
    }
}
