package dev.assay.app.report;

import dev.assay.app.result.Choice;
import dev.assay.data.ClassTargets;
import dev.assay.io.read.LoadedData;
import dev.assay.purify.RowScores;
import dev.assay.rules.Rule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all reports say of the data, and how many rows they list. */
final class Summaries {
    private static final MathContext SUGGESTED_DIGITS = new MathContext(5);
    private static final int FEWEST_SUSPECTS = 200;
    private static final int MOST_SUSPECTS = 1000;

    private Summaries() {}

    static ReportData.DataSummary of(LoadedData data, ShownRows shown) {
        return new ReportData.DataSummary(
                String.valueOf(data.source().path().getFileName()),
                data.dataset().size(),
                data.dataset().dimension() - 1,
                data.source().label(),
                Choice.name(data.task()),
                data.dataset().targets() instanceof ClassTargets classes ? classes.names() : List.of(),
                shown.columns());
    }

    /**
     * A suggested label: the text of a class as it is, a number to as many digits as mean anything; empty where none is
     * suggested.
     */
    static String suggestion(LoadedData data, @Nullable String exact) {
        if (exact == null) {
            return "";
        }
        return data.dataset().targets() instanceof ClassTargets
                ? exact
                : new BigDecimal(exact)
                        .round(SUGGESTED_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** How likely a row's label is, where that is a probability, or how dense numbers lie there. */
    static ReportData.Score expected(LoadedData data, String byWhom) {
        boolean classes = data.dataset().targets() instanceof ClassTargets;
        return new ReportData.Score(
                RowScores.OUT_OF_FOLD_PROBABILITY,
                classes ? "probability of its label" : "density at its label",
                byWhom + (classes ? "" : "; of the label in standard deviations"),
                "low");
    }

    /** How many suspicious rows are listed when so many were judged not to fit: some more, to show where it ends. */
    static int suspects(int judged) {
        return Math.max(FEWEST_SUSPECTS, Math.min(MOST_SUSPECTS, 2 * judged));
    }

    /** Rules as they are shown. */
    static List<ReportData.RuleSummary> rules(List<Rule> rules) {
        return rules.stream()
                .map(rule -> new ReportData.RuleSummary(
                        rule.text(), rule.coverage(), rule.precision(), rule.baseRate(), rule.rows(), rule.heldOut()))
                .toList();
    }
}
