package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.divide.Division;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutedModelsTest {
    private static Evaluation evaluate(double apart, boolean numbers, String router) {
        TwoConventions train = TwoConventions.of(800, 0.6, apart, numbers, 1);
        TwoConventions test = TwoConventions.of(1000, 0.6, apart, numbers, 2);
        try (Workers workers = Workers.of(1)) {
            Division division = train.division(workers);
            RoutedModel model = RoutedModels.train(division, router, 1, workers, Progress.NONE)
                    .model();
            var x = test.data().features();
            Routing known = new Routing.Given(test.sources());
            RoutedModel oracle = Baselines.perSource(train.data(), train.sources(), 2, 1, workers);
            List<Evaluation.Contestant> contestants = List.of(
                    new Evaluation.Contestant("routed", new Predictor(model).predict(x, workers)),
                    new Evaluation.Contestant(
                            "one", new Predictor(Baselines.oneModel(train.data(), 1, workers)).predict(x, workers)),
                    new Evaluation.Contestant(
                            "purified", new Predictor(Baselines.purified(division, 1, workers)).predict(x, workers)),
                    new Evaluation.Contestant(
                            "best expert", new Predictor(Baselines.bestExpert(model, division)).predict(x, workers)),
                    new Evaluation.Contestant("oracle", new Predictor(oracle).predict(x, known, workers)));
            return Evaluation.of(contestants, test.data().targets(), test.data().samplingUnits(), 200, 1, workers);
        }
    }

    private static double value(Evaluation evaluation, String name, Metric metric) {
        return evaluation.entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .measure(metric)
                .value();
    }

    @Test
    void routedExpertsComeNearTheOracleWhereFeaturesGiveTheBlockAway() {
        Evaluation evaluation = evaluate(6, false, RouterSelector.AUTO);
        double oracle = value(evaluation, "oracle", Metric.ACCURACY);
        assertThat(value(evaluation, "routed", Metric.ACCURACY)).isGreaterThan(oracle - 0.02);
        // with opposite functions in one set, one model and one expert are wrong on most of source 2
        assertThat(value(evaluation, "one", Metric.ACCURACY)).isLessThan(oracle - 0.2);
        assertThat(value(evaluation, "best expert", Metric.ACCURACY)).isLessThan(oracle - 0.2);
    }

    @Test
    void predictionsStayCalibratedWhereFeaturesSayNothing() {
        Evaluation evaluation = evaluate(0, false, RouterSelector.AUTO);
        assertThat(value(evaluation, "routed", Metric.CALIBRATION_ERROR)).isLessThan(0.06);
        assertThat(value(evaluation, "best expert", Metric.CALIBRATION_ERROR)).isGreaterThan(0.2);
        assertThat(value(evaluation, "routed", Metric.LOG_LOSS))
                .isLessThan(value(evaluation, "best expert", Metric.LOG_LOSS));
    }

    @Test
    void numbersToo() {
        Evaluation evaluation = evaluate(9, true, RouterSelector.AUTO);
        assertThat(value(evaluation, "routed", Metric.R_SQUARED)).isGreaterThan(0.95);
        assertThat(value(evaluation, "one", Metric.R_SQUARED)).isLessThan(0.5);
        assertThat(value(evaluation, "routed", Metric.LOG_DENSITY))
                .isGreaterThan(value(evaluation, "one", Metric.LOG_DENSITY));
    }
}
