package dev.assay.app.cli;

import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.Numbers;
import dev.assay.job.ModelComparison;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Models beside each other, on the screen. */
final class ComparisonScreen {
    private ComparisonScreen() {}

    /**
     * Shows the measures as a table.
     *
     * @param explained whether those in nats, too
     */
    static void show(ComparisonWords words, Screen screen, String rows, boolean explained) {
        ModelComparison comparison = words.comparison();
        screen.title("How well does it predict? " + rows);
        boolean classes = comparison.routed() instanceof ClassPredictions;
        List<Metric> all = classes
                ? List.of(Metric.ACCURACY, Metric.LOG_LOSS, Metric.CALIBRATION_ERROR, Metric.ERROR_WHEN_ABSTAINING)
                : List.of(
                        Metric.R_SQUARED,
                        Metric.ROOT_MEAN_SQUARED_ERROR,
                        Metric.LOG_DENSITY,
                        Metric.RMSE_WHEN_ABSTAINING);
        // what a label costs in nats is for those who ask
        List<Metric> metrics = explained
                ? all
                : all.stream()
                        .filter(metric -> metric != Metric.LOG_LOSS && metric != Metric.LOG_DENSITY)
                        .toList();
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        for (Metric metric : metrics) {
            header.add(ComparisonWords.name(metric));
            if (metric == comparison.leading()) {
                header.add("95 % interval");
            }
        }
        table.add(header);
        for (Evaluation.Entry entry : comparison.evaluation().entries()) {
            List<String> line = new ArrayList<>(List.of(words.title(entry.name())));
            for (Metric metric : metrics) {
                Evaluation.Interval interval = entry.measures().get(metric);
                line.add(interval == null ? "-" : decimals(interval.value()));
                if (metric == comparison.leading()) {
                    line.add(interval == null ? "-" : decimals(interval.low()) + " to " + decimals(interval.high()));
                }
            }
            table.add(line);
        }
        screen.table(table);
        if (comparison.blocks() > 1) {
            screen.line(
                    "Routed experts: a model for each block, and a router that tells by a row's features which of them to"
                            + " believe. Intervals are of the test rows, drawn again.");
        }
    }

    private static String decimals(double value) {
        return Math.abs(value) < 10 ? String.format(Locale.ROOT, "%.4f", value) : Numbers.number(value);
    }
}
