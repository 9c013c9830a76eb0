package dev.assay.app.cli;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.io.SavedModel;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.Metric;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.Routing;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routed experts beside other models on the same test rows.
 *
 * @param evaluation the measures, the routed experts first
 * @param routed what they predicted
 */
record Comparison(Evaluation evaluation, Predictions routed) {
    static final String ROUTED = "routedExperts";
    static final String ONE = "oneModel";
    static final String PURIFIED = "oneModelPurified";
    static final String BEST = "bestExpert";
    static final String ORACLE = "oracle";

    private static final Map<String, String> TITLES = Map.of(
            ROUTED, "routed experts",
            ONE, "one model on everything",
            PURIFIED, "one model on the purified set",
            BEST, "best single expert",
            ORACLE, "oracle that knows the source");

    /** Thresholds at which run.json says how abstaining would do. */
    private static final double[] THRESHOLDS = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

    /**
     * Measures.
     *
     * @param routed predictions of the routed experts for the test rows
     * @param sources where each test row comes from, or null
     */
    static Comparison of(
            SavedModel saved,
            Dataset test,
            Predictions routed,
            @Nullable List<String> sources,
            long seed,
            Workers workers) {
        List<Evaluation.Contestant> contestants = new ArrayList<>();
        contestants.add(new Evaluation.Contestant(ROUTED, routed));
        saved.rivals()
                .forEach((name, rival) -> contestants.add(
                        new Evaluation.Contestant(name, new Predictor(rival).predict(test.features(), workers))));
        RoutedModel oracle = saved.oracle();
        if (oracle != null && sources != null) {
            int[] experts = sources.stream()
                    .mapToInt(source -> 1 + saved.sources().indexOf(source))
                    .toArray();
            contestants.add(new Evaluation.Contestant(
                    ORACLE, new Predictor(oracle).predict(test.features(), new Routing.Given(experts), workers)));
        }
        return new Comparison(
                Evaluation.of(contestants, test.targets(), test.weights(), Evaluation.RESAMPLES, seed, workers),
                routed);
    }

    /** One line: whether the routed experts are better than one model. */
    String sentence() {
        Metric metric = leading();
        Evaluation.Entry first = evaluation.entries().get(0);
        Evaluation.Entry one = entry(ONE);
        double own = value(first, metric);
        if (one == null) {
            return metric.key() + " " + Screen.number(own);
        }
        Evaluation.Interval against = one.againstFirst().get(metric);
        double sign = metric.higherIsBetter() ? -1 : 1;
        String judged = "about as well as";
        if (against != null && sign * against.low() > 0 && sign * against.high() > 0) {
            judged = "better than";
        } else if (against != null && sign * against.low() < 0 && sign * against.high() < 0) {
            judged = "worse than";
        }
        return "The routed experts predict " + judged + " one model: " + name(metric) + " " + Screen.number(own)
                + " against " + Screen.number(value(one, metric)) + ".";
    }

    private Evaluation.@Nullable Entry entry(String name) {
        return evaluation.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Metric leading() {
        return routed instanceof ClassPredictions ? Metric.ACCURACY : Metric.R_SQUARED;
    }

    /** Shows the measures as a table. */
    void show(Screen screen, String rows) {
        screen.title("How well does it predict? " + rows);
        boolean classes = routed instanceof ClassPredictions;
        List<Metric> metrics = classes
                ? List.of(Metric.ACCURACY, Metric.LOG_LOSS, Metric.CALIBRATION_ERROR, Metric.ERROR_WHEN_ABSTAINING)
                : List.of(
                        Metric.R_SQUARED,
                        Metric.ROOT_MEAN_SQUARED_ERROR,
                        Metric.LOG_DENSITY,
                        Metric.RMSE_WHEN_ABSTAINING);
        List<List<String>> table = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(""));
        for (Metric metric : metrics) {
            header.add(name(metric));
            if (metric == leading()) {
                header.add("95 % interval");
            }
        }
        table.add(header);
        for (Evaluation.Entry entry : evaluation.entries()) {
            List<String> line = new ArrayList<>(List.of(title(entry.name())));
            for (Metric metric : metrics) {
                Evaluation.Interval interval = entry.measures().get(metric);
                line.add(interval == null ? "-" : decimals(interval.value()));
                if (metric == leading()) {
                    line.add(interval == null ? "-" : decimals(interval.low()) + " to " + decimals(interval.high()));
                }
            }
            table.add(line);
        }
        screen.table(table);
        screen.line(sentence());
    }

    /** The same for run.json. */
    Map<String, @Nullable Object> facts() {
        List<Object> models = new ArrayList<>();
        for (Evaluation.Entry entry : evaluation.entries()) {
            models.add(RunRecord.entry(
                    "model", entry.name(),
                    "measures", intervals(entry.measures()),
                    "minusRoutedExperts", intervals(entry.againstFirst())));
        }
        return RunRecord.entry(
                "rows", evaluation.rows(), "resamples", evaluation.resamples(), "interval", 0.95, "models", models);
    }

    private static Map<String, @Nullable Object> intervals(Map<Metric, Evaluation.Interval> measures) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            Evaluation.Interval interval = measures.get(metric);
            if (interval != null) {
                result.put(
                        metric.key(),
                        RunRecord.entry("value", interval.value(), "low", interval.low(), "high", interval.high()));
            }
        }
        return result;
    }

    /** How many rows are left out below each probability, and how good the others are; nothing for numbers. */
    List<Map<String, @Nullable Object>> abstentionCurve(Dataset test, @Nullable Double asked) {
        List<Map<String, @Nullable Object>> points = new ArrayList<>();
        if (!(routed instanceof ClassPredictions classes)) {
            return points;
        }
        if (asked != null) {
            points.add(abstention(classes, test, asked));
        }
        for (double threshold : THRESHOLDS) {
            points.add(abstention(classes, test, threshold));
        }
        return points;
    }

    /** What abstaining below one probability does. */
    static Map<String, @Nullable Object> abstention(ClassPredictions predictions, Dataset test, double threshold) {
        boolean[] abstained = predictions.abstained(threshold);
        int[] codes = predictions.codes();
        int[] truth = ((ClassTargets) test.targets()).codes();
        double kept = 0;
        double right = 0;
        for (int i = 0; i < codes.length; i++) {
            if (!abstained[i]) {
                kept += test.weights()[i];
                right += codes[i] == truth[i] ? test.weights()[i] : 0;
            }
        }
        return RunRecord.entry(
                "threshold",
                threshold,
                "abstained",
                PredictionTable.count(abstained),
                "abstainedShare",
                1 - kept / test.totalWeight(),
                "accuracyOfRest",
                right / kept);
    }

    private static double value(Evaluation.Entry entry, Metric metric) {
        Evaluation.Interval interval = entry.measures().get(metric);
        return interval == null ? Double.NaN : interval.value();
    }

    private static String decimals(double value) {
        return Math.abs(value) < 10 ? String.format(Locale.ROOT, "%.4f", value) : Screen.number(value);
    }

    private static String title(String name) {
        return TITLES.getOrDefault(name, name);
    }

    private static String name(Metric metric) {
        return switch (metric) {
            case ACCURACY -> "accuracy";
            case LOG_LOSS -> "log-loss";
            case CALIBRATION_ERROR -> "calibration";
            case ERROR_WHEN_ABSTAINING -> "error, surest 90 %";
            case ROOT_MEAN_SQUARED_ERROR -> "error (RMS)";
            case R_SQUARED -> "R^2";
            case LOG_DENSITY -> "log-density";
            case RMSE_WHEN_ABSTAINING -> "surest 90 %";
        };
    }
}
