package dev.assay.app.result;

import dev.assay.compare.SourceComparison;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.io.model.SavedModel;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.FewLabels;
import dev.assay.predict.Metric;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.Routing;
import dev.assay.predict.Worth;
import dev.assay.route.PriorRouter;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routed experts beside other models on the same test rows.
 *
 * @param evaluation the measures, the routed experts first
 * @param contestants what they predicted, in that order
 * @param worth what dividing is worth to somebody who predicts; null where there is no strong model to compare with
 * @param sourceColumn the column by which rows are routed, or null where it had no part
 * @param contradiction where the rows that were trained with are judged otherwise than all rows: in a sentence how, or null.
 *     What was measured then says nothing about the blocks of all rows
 */
public record Comparison(
        Evaluation evaluation,
        List<Evaluation.Contestant> contestants,
        @Nullable Worth worth,
        @Nullable String sourceColumn,
        @Nullable String contradiction) {
    /** Copies the list. */
    public Comparison {
        contestants = List.copyOf(contestants);
    }

    public static final String ROUTED = "routedExperts";
    public static final String WITH_SOURCE = "routedExpertsWithSource";
    public static final String FEW_LABELS = "routedExpertsWithFewLabels";
    public static final String STRONG = "strongSingleModel";
    public static final String ONE = "oneModel";
    public static final String PURIFIED = "oneModelPurified";
    public static final String BEST = "bestExpert";
    public static final String ORACLE = "oracle";

    private static final Map<String, String> TITLES = Map.of(
            ROUTED, "routed experts",
            WITH_SOURCE, "routed experts, source known",
            FEW_LABELS, "routed experts, " + FewLabels.ROWS + " labels of the source",
            STRONG, "one strong model on everything",
            ONE, "one linear model on everything",
            PURIFIED, "one linear model on the purified set",
            BEST, "best single expert",
            ORACLE, "oracle that knows the source");

    /** Thresholds at which run.json says how abstaining would do. */
    private static final double[] THRESHOLDS = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

    /**
     * What the routed experts predicted for the test rows.
     *
     * @param predictions without the source, or in the way that the user asked for
     * @param byFeatures whether their features alone sent the rows to the experts
     * @param withSource told the source of each row, or null where there is none or it does not help
     */
    public record Routed(
            Predictions predictions,
            boolean byFeatures,
            @Nullable Predictions withSource) {
        /** As {@code assay predict} does it where nothing is asked for: with the source where it is known and helps. */
        public static Routed of(SavedModel saved, Dataset test, @Nullable List<String> sources, Workers workers) {
            Predictor predictor = new Predictor(saved.model());
            return new Routed(
                    predictor.predict(test.features(), workers),
                    true,
                    saved.sourceShares() == null || sources == null
                            ? null
                            : predictor.predict(test.features(), saved.routing(sources), workers));
        }
    }

    /**
     * Measures.
     *
     * @param sources where each test row comes from, or null
     */
    public static Comparison of(
            SavedModel saved, Dataset test, Routed routed, @Nullable List<String> sources, long seed, Workers workers) {
        RoutedModel model = saved.model();
        List<Evaluation.Contestant> contestants = new ArrayList<>();
        contestants.add(new Evaluation.Contestant(ROUTED, routed.predictions()));
        Map<Worth.Way, String> ways = new EnumMap<>(Worth.Way.class);
        ways.put(model.router() instanceof PriorRouter ? Worth.Way.SHARES : Worth.Way.FEATURES, ROUTED);
        Predictions told = routed.withSource();
        if (told != null) {
            contestants.add(new Evaluation.Contestant(WITH_SOURCE, told));
            ways.put(Worth.Way.SOURCE, WITH_SOURCE);
        }
        if (sources != null && model.blocks() > 1) {
            List<String> names = Divided.names(sources);
            if (names.size() > 1 && names.size() <= SourceComparison.MOST_SOURCES) {
                contestants.add(new Evaluation.Contestant(
                        FEW_LABELS, FewLabels.predict(model, test, Divided.codes(sources, names), seed, workers)));
                ways.put(Worth.Way.FEW_LABELLED_ROWS, FEW_LABELS);
            }
        }
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
        Evaluation evaluation =
                Evaluation.of(contestants, test.targets(), test.weights(), Evaluation.RESAMPLES, seed, workers);
        Worth worth =
                routed.byFeatures() && (model.blocks() == 1 || saved.rivals().containsKey(STRONG))
                        ? Worth.of(evaluation, model.blocks(), STRONG, ways)
                        : null;
        return new Comparison(evaluation, contestants, worth, told == null ? null : saved.sourceColumn(), null);
    }

    /** The same measurements, of a model whose rows were judged otherwise than all rows. */
    public Comparison contradicted(String how) {
        return new Comparison(evaluation, contestants, worth, sourceColumn, how);
    }

    /** What was predicted as {@code assay predict} would: told the source where that helps. */
    public Predictions predicted() {
        return contestants.get(sourceColumn == null ? 0 : 1).predictions();
    }

    /** What that reached. */
    public Evaluation.Interval measure(Metric metric) {
        return evaluation.entry(sourceColumn == null ? ROUTED : WITH_SOURCE).measure(metric);
    }

    /** How many blocks the model has. */
    public int blocks() {
        return routed().blocks().columns();
    }

    /** What the routed experts predicted, without the source. */
    public Predictions routed() {
        return contestants.get(0).predictions();
    }

    /** One line: whether the experts, routed as {@code assay predict} does, are better than one model. */
    public String sentence() {
        Metric metric = leading();
        String own = sourceColumn == null ? ROUTED : WITH_SOURCE;
        String rival = entry(STRONG) != null && blocks() > 1 ? STRONG : ONE;
        double value = value(evaluation.entry(own), metric);
        if (entry(rival) == null) {
            return name(metric) + " " + text(metric, value) + ".";
        }
        Evaluation.Interval gain = evaluation.difference(own, rival, metric);
        double sign = metric.higherIsBetter() ? 1 : -1;
        String judged = "about as well as";
        if (sign * gain.low() > 0 && sign * gain.high() > 0) {
            judged = "better than";
        } else if (sign * gain.low() < 0 && sign * gain.high() < 0) {
            judged = "worse than";
        }
        String who = blocks() == 1
                ? "One expert predicts "
                : sourceColumn == null
                        ? "The routed experts predict "
                        : "Told the source (column " + sourceColumn + "), the routed experts predict ";
        return who + judged + (rival.equals(STRONG) ? " one strong model: " : " one linear model: ") + name(metric)
                + " " + text(metric, value) + " against " + text(metric, value(evaluation.entry(rival), metric))
                + (sourceColumn == null
                        ? ""
                        : "; without the source " + text(metric, value(evaluation.entry(ROUTED), metric)))
                + ".";
    }

    /** A few words for a headline: whether dividing helps to predict; empty where nothing was divided. */
    public String grade() {
        if (contradiction != null) {
            return "but it is not settled: without the held-out rows it comes out otherwise";
        }
        Worth judged = worth;
        if (judged == null || judged.way() == Worth.Way.ONE_BLOCK) {
            return "";
        }
        Worth.Gain best = judged.gain(judged.way());
        // probabilities may be truer though no label more is predicted right
        String how = best != null && best.share().low() > 0 && best.share().value() >= Worth.SMALLEST_SHARE
                ? "dividing helps to predict"
                : "dividing makes probabilities truer, not predictions better";
        return switch (judged.way()) {
            case SHARES -> how + ": nothing yet tells the block of a new row";
            case FEATURES -> how + ": the features tell the block";
            case SOURCE -> {
                Worth.Gain features = judged.gain(Worth.Way.FEATURES);
                yield features != null && features.helps()
                        ? how + ": the features tell the block, and " + sourceInWords() + " tells it better"
                        : how + " where " + sourceInWords() + " is known";
            }
            case FEW_LABELLED_ROWS ->
                how + " where about " + FewLabels.ROWS + " labelled rows of the same source are there";
            default ->
                judged.gains().stream().allMatch(Worth.Gain::harms)
                        ? "dividing makes predictions worse"
                        : "dividing does not help to predict yet";
        };
    }

    private String sourceInWords() {
        return sourceColumn == null ? "the source" : "column " + sourceColumn;
    }

    /** The grade with its numbers, and what these rows cannot tell; one sentence each, none where nothing was divided. */
    public List<String> worthInWords() {
        Worth judged = worth;
        List<String> words = new ArrayList<>();
        if (contradiction != null) {
            words.add(contradiction);
        }
        if (judged == null || judged.way() == Worth.Way.ONE_BLOCK) {
            return words;
        }
        for (Worth.Gain gain : judged.gains()) {
            String how = switch (gain.way()) {
                case SOURCE -> "Told " + sourceInWords();
                case FEW_LABELLED_ROWS -> "With " + FewLabels.ROWS + " labelled rows of their source";
                case SHARES -> "Knowing nothing about the block";
                default -> "By the features alone";
            };
            words.add(how + ", " + Numbers.rows(judged.rows()) + " that nothing was trained with are predicted "
                    + (gain.helps()
                            ? "better than by one strong model"
                            : gain.harms()
                                    ? "worse than by one strong model"
                                    : "no better than by one strong model, as far as they tell")
                    + ": " + against(gain.contestant(), gain.leading()) + " ("
                    + points(gain.leading(), gain.share()) + "), " + against(gain.contestant(), gain.probabilistic())
                    + " ("
                    + String.format(
                            Locale.ROOT,
                            "gain %.3f nats, 95 %% interval %.3f to %.3f",
                            gain.nats().value(),
                            gain.nats().low(),
                            gain.nats().high())
                    + ").");
        }
        if (judged.gain(Worth.Way.FEW_LABELLED_ROWS) == null) {
            words.add(
                    "What it would bring to know the source of a row, or a few labels of it, cannot be measured with"
                            + " these rows: name the column that says where rows come from (--source COLUMN), if there is one.");
        }
        Evaluation.Entry oracle = entry(ORACLE);
        String best = sourceColumn == null ? ROUTED : WITH_SOURCE;
        if (oracle != null && better(ORACLE, best)) {
            words.add("One linear model for each source predicts better still ("
                    + name(leading()) + " " + text(leading(), value(oracle, leading()))
                    + "): keep the sources apart, or leave --source out, so that the column becomes a feature.");
        }
        return words;
    }

    private String against(String contestant, Metric metric) {
        return name(metric) + " " + text(metric, value(evaluation.entry(contestant), metric)) + " against "
                + text(metric, value(evaluation.entry(STRONG), metric));
    }

    private boolean better(String name, String than) {
        Evaluation.Interval gain = evaluation.difference(name, than, leading());
        return gain.low() > 0 && gain.value() >= Worth.SMALLEST_SHARE;
    }

    private static String points(Metric metric, Evaluation.Interval gain) {
        return metric == Metric.ACCURACY
                ? String.format(
                        Locale.ROOT,
                        "gain %.1f points, 95 %% interval %.1f to %.1f",
                        100 * gain.value(),
                        100 * gain.low(),
                        100 * gain.high())
                : String.format(
                        Locale.ROOT, "gain %.3f, 95 %% interval %.3f to %.3f", gain.value(), gain.low(), gain.high());
    }

    /** The grade for run.json; null where it was not measured. */
    public @Nullable Map<String, @Nullable Object> worthFacts() {
        Worth judged = worth;
        if (judged == null) {
            return null;
        }
        List<Object> gains = new ArrayList<>();
        for (Worth.Gain gain : judged.gains()) {
            gains.add(RunRecord.entry(
                    "way", gain.way().key(),
                    "model", gain.contestant(),
                    "helps", gain.helps(),
                    "harms", gain.harms(),
                    "metric", gain.leading().key(),
                    "gain", interval(gain.share()),
                    "nats", interval(gain.nats())));
        }
        return RunRecord.entry(
                "helps",
                contradiction == null ? judged.helps() : null,
                "contradiction",
                contradiction,
                "way",
                judged.way().key(),
                "against",
                judged.way() == Worth.Way.ONE_BLOCK ? null : STRONG,
                "rows",
                judged.rows(),
                "ways",
                gains,
                "explanation",
                worthInWords());
    }

    private static String text(Metric metric, double value) {
        return switch (metric) {
            case ACCURACY -> Numbers.percent(value);
            case R_SQUARED -> String.format(Locale.ROOT, "%.3f", value);
            default -> Numbers.number(value);
        };
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
                result.put(metric.key(), interval(interval));
            }
        }
        return result;
    }

    private static Map<String, @Nullable Object> interval(Evaluation.Interval interval) {
        return RunRecord.entry("value", interval.value(), "low", interval.low(), "high", interval.high());
    }

    /** How many rows are left out below each probability, and how good the others are; nothing for numbers. */
    public List<Map<String, @Nullable Object>> abstentionCurve(Dataset test, @Nullable Double asked) {
        List<Map<String, @Nullable Object>> points = new ArrayList<>();
        if (!(predicted() instanceof ClassPredictions classes)) {
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
    public String title(String name) {
        return name.equals(ROUTED) && blocks() == 1 ? "one expert" : TITLES.getOrDefault(name, name);
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
