package dev.assay.app.cli;

import dev.assay.app.result.Numbers;
import dev.assay.job.Finding;
import java.util.ArrayList;
import java.util.List;

/** Which classes are taken for which, on the screen; nothing where the data is not noisy, or labels are numbers. */
final class ConfusionScreen {
    private static final int SHOWN = 8;
    private static final int NAME_WIDTH = 24;

    private ConfusionScreen() {}

    static void show(Finding finding, Screen screen) {
        List<Finding.NamedConfusion> confusions = finding.confusions();
        if (confusions.isEmpty()) {
            return;
        }
        screen.title("Which class is labelled as which? Estimated, the most frequent first");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("of the rows that are", "are labelled", "about", "that is", "95 % interval"));
        for (Finding.NamedConfusion one : confusions.subList(0, Math.min(SHOWN, confusions.size()))) {
            rows.add(List.of(
                    Numbers.cut(one.from(), NAME_WIDTH),
                    Numbers.cut(one.to(), NAME_WIDTH),
                    Numbers.rows(Math.round(one.rows())),
                    Numbers.percent(one.share()),
                    Numbers.percent(one.low()) + " to " + Numbers.percent(one.high())));
        }
        screen.table(rows);
        if (confusions.size() > SHOWN) {
            screen.line("and " + Numbers.count(confusions.size() - SHOWN) + " more, see confusions in run.json");
        }
    }
}
