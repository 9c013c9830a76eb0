package dev.assay.job;

import dev.assay.compare.SourceComparison;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.FewShotRouting;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The routed experts beside other models on the same test rows.
 *
 * @param evaluation the measures, the routed experts first
 * @param contestants what they predicted, in that order
 * @param worth what dividing is worth to somebody who predicts; null where there is no strong model to compare with
 * @param sourceColumn the column by which rows are routed, or null where it had no part
 */
public record ModelComparison(
        Evaluation evaluation,
        List<Evaluation.Contestant> contestants,
        @Nullable Worth worth,
        @Nullable String sourceColumn) {
    /** The routed experts without the source of a row, or in the way that the user asked for. */
    public static final String ROUTED = "routedExperts";

    /** The routed experts, told the source of each row. */
    public static final String WITH_SOURCE = "routedExpertsWithSource";

    /** The routed experts, told a few labels of each source. */
    public static final String FEW_LABELS = "routedExpertsWithFewLabels";

    /** An expert for each source, which is known. */
    public static final String ORACLE = "oracle";

    /** Copies the list. */
    public ModelComparison {
        contestants = List.copyOf(contestants);
    }

    /**
     * What abstaining below one probability does.
     *
     * @param threshold the probability
     * @param abstained how many rows are left out
     * @param abstainedShare their share of the weight
     * @param accuracyOfRest how many of the others are right, by weight
     */
    public record Abstention(double threshold, int abstained, double abstainedShare, double accuracyOfRest) {
        /** Of the rows that were predicted. */
        public static Abstention of(ClassPredictions predictions, Dataset test, double threshold) {
            boolean[] abstained = predictions.abstained(threshold);
            int[] codes = predictions.codes();
            int[] truth = ((ClassTargets) test.targets()).codes();
            double kept = 0;
            double right = 0;
            int silent = 0;
            for (int i = 0; i < codes.length; i++) {
                if (abstained[i]) {
                    silent++;
                } else {
                    kept += test.weights()[i];
                    right += codes[i] == truth[i] ? test.weights()[i] : 0;
                }
            }
            return new Abstention(threshold, silent, 1 - kept / test.totalWeight(), right / kept);
        }
    }

    /**
     * What the routed experts predicted for the test rows.
     *
     * @param predictions without the source, or in the way that the user asked for
     * @param byFeatures whether their features alone sent the rows to the experts
     * @param withSource told the source of each row, or null where there is none or it does not help
     */
    record Routed(
            Predictions predictions,
            boolean byFeatures,
            @Nullable Predictions withSource) {
        /** As it is done where nothing is asked for: with the source where it is known and helps. */
        static Routed of(ModelSet models, LabelledRows test, Workers workers) {
            Predictor predictor = new Predictor(models.model());
            return new Routed(
                    predictor.predict(test.dataset().features(), workers),
                    true,
                    models.sourceShares() == null || test.sources() == null
                            ? null
                            : predictor.predict(test.dataset().features(), models.routing(test.sources()), workers));
        }
    }

    /** Measures. */
    static ModelComparison of(ModelSet models, LabelledRows rows, Routed routed, long seed, Workers workers) {
        RoutedModel model = models.model();
        Dataset test = rows.dataset();
        List<Evaluation.Contestant> contestants = new ArrayList<>();
        Map<Worth.Way, String> ways = new EnumMap<>(Worth.Way.class);
        contestants.add(new Evaluation.Contestant(ROUTED, routed.predictions()));
        ways.put(model.router() instanceof PriorRouter ? Worth.Way.SHARES : Worth.Way.FEATURES, ROUTED);
        Predictions told = routed.withSource();
        if (told != null) {
            contestants.add(new Evaluation.Contestant(WITH_SOURCE, told));
            ways.put(Worth.Way.SOURCE, WITH_SOURCE);
        }
        List<String> sources = rows.sources();
        if (sources != null && model.blocks() > 1) {
            List<String> names = Sources.names(sources);
            if (names.size() > 1 && names.size() <= SourceComparison.MOST_SOURCES) {
                contestants.add(new Evaluation.Contestant(
                        FEW_LABELS, FewShotRouting.predict(model, test, Sources.codes(sources, names), seed, workers)));
                ways.put(Worth.Way.FEW_LABELLED_ROWS, FEW_LABELS);
            }
        }
        models.rivals()
                .forEach((name, rival) -> contestants.add(
                        new Evaluation.Contestant(name, new Predictor(rival).predict(test.features(), workers))));
        if (models.oracle() != null && sources != null) {
            int[] experts = sources.stream()
                    .mapToInt(source -> 1 + models.sources().indexOf(source))
                    .toArray();
            contestants.add(new Evaluation.Contestant(
                    ORACLE,
                    new Predictor(models.oracle()).predict(test.features(), new Routing.Given(experts), workers)));
        }
        Evaluation evaluation =
                Evaluation.of(contestants, test.targets(), test.samplingUnits(), Evaluation.RESAMPLES, seed, workers);
        Worth worth =
                routed.byFeatures() && (model.blocks() == 1 || models.rivals().containsKey(ModelSet.STRONG))
                        ? Worth.of(evaluation, model.blocks(), ModelSet.STRONG, ways)
                        : null;
        return new ModelComparison(evaluation, contestants, worth, told == null ? null : models.sourceColumn());
    }

    /** How rows are routed where nothing is asked for: told the source where that helps. */
    public String usual() {
        return sourceColumn == null ? ROUTED : WITH_SOURCE;
    }

    /** What was predicted so. */
    public Predictions predicted() {
        return contestants.get(sourceColumn == null ? 0 : 1).predictions();
    }

    /** What that reached. */
    public Evaluation.Interval measure(Metric metric) {
        return evaluation.entry(usual()).measure(metric);
    }

    /** How many blocks the model has. */
    public int blocks() {
        return routed().blocks().columns();
    }

    /** What the routed experts predicted, without the source. */
    public Predictions routed() {
        return contestants.get(0).predictions();
    }

    /** What models are compared by first. */
    public Metric leading() {
        return routed() instanceof ClassPredictions ? Metric.ACCURACY : Metric.R_SQUARED;
    }
}
