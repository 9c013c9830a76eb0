package dev.assay.app.result;

import dev.assay.data.Dataset;
import dev.assay.job.ModelComparison;
import dev.assay.job.ModelSet;
import dev.assay.job.RunOutcome;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.FewShotRouting;
import dev.assay.predict.Metric;
import dev.assay.predict.Worth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routed experts beside other models on the same test rows, in words.
 *
 * @param comparison what was measured
 * @param contradiction where the rows that were trained with are judged otherwise than all rows: how, or null. What was
 *     measured then says nothing about the blocks of all rows
 */
public record ComparisonWords(ModelComparison comparison, RunOutcome.@Nullable Contradiction contradiction) {
    private static final Map<String, String> TITLES = Map.of(
            ModelComparison.ROUTED, "routed experts",
            ModelComparison.WITH_SOURCE, "routed experts, source known",
            ModelComparison.FEW_LABELS, "routed experts, " + FewShotRouting.ROWS + " labels of the source",
            ModelSet.STRONG, "one strong model on everything",
            ModelSet.ONE, "one linear model on everything",
            ModelSet.PURIFIED, "one linear model on the purified set",
            ModelSet.BEST, "best single expert",
            ModelComparison.ORACLE, "oracle that knows the source");

    /** Thresholds at which run.json says how abstaining would do. */
    private static final double[] THRESHOLDS = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

    /** One line: whether the experts, routed as {@code assay predict} does, are better than one model. */
    public String sentence() {
        Metric metric = comparison.leading();
        String own = comparison.usual();
        String sourceColumn = comparison.sourceColumn();
        String rival = entry(ModelSet.STRONG) != null && comparison.blocks() > 1 ? ModelSet.STRONG : ModelSet.ONE;
        double value = value(comparison.evaluation().entry(own), metric);
        if (entry(rival) == null) {
            return name(metric) + " " + text(metric, value) + ".";
        }
        Evaluation.Interval gain = comparison.evaluation().difference(own, rival, metric);
        double sign = metric.higherIsBetter() ? 1 : -1;
        String judged = "about as well as";
        if (sign * gain.low() > 0 && sign * gain.high() > 0) {
            judged = "better than";
        } else if (sign * gain.low() < 0 && sign * gain.high() < 0) {
            judged = "worse than";
        }
        String who = comparison.blocks() == 1
                ? "One expert predicts "
                : sourceColumn == null
                        ? "The routed experts predict "
                        : "Told the source (column " + sourceColumn + "), the routed experts predict ";
        return who + judged + (rival.equals(ModelSet.STRONG) ? " one strong model: " : " one linear model: ")
                + name(metric)
                + " " + text(metric, value) + " against "
                + text(metric, value(comparison.evaluation().entry(rival), metric))
                + (sourceColumn == null
                        ? ""
                        : "; without the source "
                                + text(metric, value(comparison.evaluation().entry(ModelComparison.ROUTED), metric)))
                + ".";
    }

    /** A few words for a headline: whether dividing helps to predict; empty where nothing was divided. */
    public String grade() {
        if (contradiction != null) {
            return "but it is not settled: without the held-out rows it comes out otherwise";
        }
        Worth judged = comparison.worth();
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
                how + " where about " + FewShotRouting.ROWS + " labelled rows of the same source are there";
            default ->
                judged.gains().stream().allMatch(Worth.Gain::harms)
                        ? "dividing makes predictions worse"
                        : "dividing does not help to predict yet";
        };
    }

    private String sourceInWords() {
        return comparison.sourceColumn() == null ? "the source" : "column " + comparison.sourceColumn();
    }

    /** The grade with its numbers, and what these rows cannot tell; one sentence each, none where nothing was divided. */
    public List<String> worthInWords() {
        Worth judged = comparison.worth();
        List<String> words = new ArrayList<>();
        if (contradiction != null) {
            words.add(sentence(contradiction));
        }
        if (judged == null || judged.way() == Worth.Way.ONE_BLOCK) {
            return words;
        }
        for (Worth.Gain gain : judged.gains()) {
            String how = switch (gain.way()) {
                case SOURCE -> "Told " + sourceInWords();
                case FEW_LABELLED_ROWS -> "With " + FewShotRouting.ROWS + " labelled rows of their source";
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
        Evaluation.Entry oracle = entry(ModelComparison.ORACLE);
        String best = comparison.usual();
        if (oracle != null && better(ModelComparison.ORACLE, best)) {
            words.add("One linear model for each source predicts better still ("
                    + name(comparison.leading()) + " " + text(comparison.leading(), value(oracle, comparison.leading()))
                    + "): keep the sources apart, or leave --source out, so that the column becomes a feature.");
        }
        return words;
    }

    private String against(String contestant, Metric metric) {
        return name(metric) + " " + text(metric, value(comparison.evaluation().entry(contestant), metric)) + " against "
                + text(metric, value(comparison.evaluation().entry(ModelSet.STRONG), metric));
    }

    private boolean better(String name, String than) {
        Evaluation.Interval gain = comparison.evaluation().difference(name, than, comparison.leading());
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
        Worth judged = comparison.worth();
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
                contradiction == null ? null : sentence(contradiction),
                "way",
                judged.way().key(),
                "against",
                judged.way() == Worth.Way.ONE_BLOCK ? null : ModelSet.STRONG,
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
        return comparison.evaluation().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The same for run.json. */
    public Map<String, @Nullable Object> facts() {
        List<Object> models = new ArrayList<>();
        for (Evaluation.Entry entry : comparison.evaluation().entries()) {
            models.add(RunRecord.entry(
                    "model", entry.name(),
                    "measures", intervals(entry.measures()),
                    "minusRoutedExperts", intervals(entry.againstFirst())));
        }
        return RunRecord.entry(
                "rows",
                comparison.evaluation().rows(),
                "resamples",
                comparison.evaluation().resamples(),
                "interval",
                0.95,
                "models",
                models);
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
    public List<ModelComparison.Abstention> abstentionCurve(Dataset test, @Nullable Double asked) {
        List<ModelComparison.Abstention> points = new ArrayList<>();
        if (!(comparison.predicted() instanceof ClassPredictions classes)) {
            return points;
        }
        if (asked != null) {
            points.add(ModelComparison.Abstention.of(classes, test, asked));
        }
        for (double threshold : THRESHOLDS) {
            points.add(ModelComparison.Abstention.of(classes, test, threshold));
        }
        return points;
    }

    private static double value(Evaluation.Entry entry, Metric metric) {
        Evaluation.Interval interval = entry.measures().get(metric);
        return interval == null ? Double.NaN : interval.value();
    }

    private static String sentence(RunOutcome.Contradiction other) {
        return "Without the " + Numbers.rows(other.heldOut()) + " that were held out the rest comes out as "
                + blocks(other.blocksWithout()) + ", all rows as " + blocks(other.blocksOfAll())
                + ": the evidence is near the edge, and what dividing is worth is open. More rows would settle it.";
    }

    private static String blocks(int count) {
        return count == 1 ? "of one kind" : "mixed (" + count + " blocks)";
    }

    /** In words: a model by its name in run.json. */
    public String title(String name) {
        return name.equals(ModelComparison.ROUTED) && comparison.blocks() == 1
                ? "one expert"
                : TITLES.getOrDefault(name, name);
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
