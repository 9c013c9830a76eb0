package dev.assay.app.report;

import dev.assay.app.result.ComparisonWords;
import dev.assay.app.result.RouterWords;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.job.ModelComparison;
import dev.assay.job.TrainedModel;
import dev.assay.predict.AbstentionCurve;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Evaluation;
import dev.assay.predict.Metric;
import dev.assay.predict.RealPredictions;
import dev.assay.predict.ReliabilityCurve;
import dev.assay.route.RouterSelection;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How well the models of a run predict. */
final class PredictionSection {
    private static final int MOST_FITS = 1500;

    private final DivisionSections.Tested tested;
    private final ComparisonWords words;
    private final ModelComparison comparison;
    private final Dataset test;
    private final boolean classes;

    private PredictionSection(DivisionSections.Tested tested) {
        this.tested = tested;
        this.words = tested.words();
        this.comparison = words.comparison();
        this.test = tested.tested().test();
        this.classes = test.targets() instanceof ClassTargets;
    }

    /** The section. */
    static ReportData.Prediction of(DivisionSections.Tested tested) {
        return new PredictionSection(tested).section();
    }

    private ReportData.Prediction section() {
        List<Metric> metrics = Arrays.stream(Metric.values())
                .filter(metric ->
                        comparison.evaluation().entries().get(0).measures().containsKey(metric))
                .sorted(Comparator.comparing(metric -> metric != comparison.leading()))
                .toList();
        TrainedModel trained = tested.tested().trained();
        RouterSelection choice = trained.choice();
        return new ReportData.Prediction(
                tested.rows(),
                String.join(
                        " ",
                        Stream.concat(Stream.of(words.sentence()), words.worthInWords().stream())
                                .toList()),
                comparison.evaluation().entries().stream()
                        .map(entry -> new ReportData.Model(
                                entry.name(),
                                words.title(entry.name()),
                                byKey(metrics, entry.measures()),
                                byKey(metrics, entry.againstFirst())))
                        .toList(),
                metrics.stream()
                        .map(metric -> new ReportData.MeasureName(
                                metric.key(), ComparisonWords.name(metric), metric.higherIsBetter()))
                        .toList(),
                classes ? confusion() : null,
                classes ? calibration() : null,
                classes ? null : fits(),
                comparison.contestants().stream().map(this::abstention).toList(),
                new ReportData.RouterSummary(
                        choice.router().name(),
                        RouterWords.explanation(trained),
                        choice.information().nats(),
                        choice.information().share(),
                        RouterWords.contenders(choice)));
    }

    private static Map<String, Evaluation.Interval> byKey(
            List<Metric> metrics, Map<Metric, Evaluation.Interval> measures) {
        Map<String, Evaluation.Interval> result = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            Evaluation.Interval interval = measures.get(metric);
            if (interval != null) {
                result.put(metric.key(), interval);
            }
        }
        return result;
    }

    private ReportData.Confusion confusion() {
        Map<String, int[]> predicted = new LinkedHashMap<>();
        for (Evaluation.Contestant contestant : comparison.contestants()) {
            predicted.put(words.title(contestant.name()), ((ClassPredictions) contestant.predictions()).codes());
        }
        return Confusions.of((ClassTargets) test.targets(), predicted);
    }

    private List<ReportData.Calibration> calibration() {
        return comparison.contestants().stream()
                .map(contestant -> new ReportData.Calibration(
                        words.title(contestant.name()),
                        ReliabilityCurve.of((ClassPredictions) contestant.predictions(), (ClassTargets) test.targets())
                                .bins()))
                .toList();
    }

    private ReportData.Fits fits() {
        RealPredictions routed = (RealPredictions) comparison.predicted();
        RealTargets targets = (RealTargets) test.targets();
        double[] means = routed.means();
        double[] deviations = routed.deviations();
        int shown = Math.min(MOST_FITS, means.length);
        int[] rows = IntStream.range(0, shown)
                .map(k -> (int) ((long) k * means.length / shown))
                .toArray();
        return new ReportData.Fits(
                Arrays.stream(rows)
                        .mapToDouble(i -> targets.original(targets.value(i)))
                        .toArray(),
                Arrays.stream(rows).mapToDouble(i -> means[i]).toArray(),
                Arrays.stream(rows).mapToDouble(i -> deviations[i]).toArray(),
                means.length);
    }

    private ReportData.Abstention abstention(Evaluation.Contestant contestant) {
        AbstentionCurve curve = AbstentionCurve.of(contestant.predictions(), test.targets(), test.weights());
        return new ReportData.Abstention(
                words.title(contestant.name()),
                ComparisonWords.name(curve.metric()),
                curve.points().stream()
                        .map(point -> new ReportData.AbstentionPoint(point.share(), point.threshold(), point.value()))
                        .toList());
    }
}
