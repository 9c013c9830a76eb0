package dev.assay.app.result;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routed experts beside other models on the same test rows.
 *
 * @param evaluation the measures, the routed experts first
 * @param contestants what they predicted, in that order
 */
public record Comparison(Evaluation evaluation, List<Evaluation.Contestant> contestants) {
    /** Copies the list. */
    public Comparison {
        contestants = List.copyOf(contestants);
    }

    public static final String ROUTED = "routedExperts";
    public static final String ONE = "oneModel";
    public static final String PURIFIED = "oneModelPurified";
    public static final String BEST = "bestExpert";
    public static final String ORACLE = "oracle";

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
    public static Comparison of(
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
                contestants);
    }

    /** What the routed experts predicted. */
    public Predictions routed() {
        return contestants.get(0).predictions();
    }

    /** One line: whether the routed experts are better than one model. */
    public String sentence() {
        Metric metric = leading();
        Evaluation.Entry first = evaluation.entries().get(0);
        Evaluation.Entry one = entry(ONE);
        double own = value(first, metric);
        if (one == null) {
            return name(metric) + " " + text(metric, own) + ".";
        }
        Evaluation.Interval against = one.againstFirst().get(metric);
        double sign = metric.higherIsBetter() ? -1 : 1;
        String judged = "about as well as";
        if (against != null && sign * against.low() > 0 && sign * against.high() > 0) {
            judged = "better than";
        } else if (against != null && sign * against.low() < 0 && sign * against.high() < 0) {
            judged = "worse than";
        }
        return "The routed experts predict " + judged + " one model: " + name(metric) + " " + text(metric, own)
                + " against " + text(metric, value(one, metric)) + ".";
    }

    private static String text(Metric metric, double value) {
        return metric == Metric.ACCURACY ? Numbers.percent(value) : Numbers.number(value);
    }

    private Evaluation.@Nullable Entry entry(String name) {
        return evaluation.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** What models are compared by first. */
    public Metric leading() {
        return routed() instanceof ClassPredictions ? Metric.ACCURACY : Metric.R_SQUARED;
    }

    /** The same for run.json. */
    public Map<String, @Nullable Object> facts() {
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
    public List<Map<String, @Nullable Object>> abstentionCurve(Dataset test, @Nullable Double asked) {
        List<Map<String, @Nullable Object>> points = new ArrayList<>();
        if (!(routed() instanceof ClassPredictions classes)) {
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
    public static Map<String, @Nullable Object> abstention(
            ClassPredictions predictions, Dataset test, double threshold) {
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

    /** In words: a model by its name in run.json. */
    public static String title(String name) {
        return TITLES.getOrDefault(name, name);
    }

    /** In words: what is measured. */
    public static String name(Metric metric) {
        return switch (metric) {
            case ACCURACY -> "accuracy";
            case LOG_LOSS -> "log-loss";
            case CALIBRATION_ERROR -> "calibration";
            case ERROR_WHEN_ABSTAINING -> "error, surest 90 %";
            case ROOT_MEAN_SQUARED_ERROR -> "error (RMS)";
            case R_SQUARED -> "R²";
            case LOG_DENSITY -> "log-density";
            case RMSE_WHEN_ABSTAINING -> "surest 90 %";
        };
    }
}
