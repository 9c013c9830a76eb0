package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.divide.Division;
import dev.assay.learn.LearnerSet;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorthTest {
    /** Dividing by two conventions whose features are so far apart, against one strong model, on rows that nobody saw. */
    private static Worth worth(double apart, boolean numbers, boolean sourceKnown) {
        TwoConventions train = TwoConventions.of(700, 0.6, apart, numbers, 1);
        TwoConventions test = TwoConventions.of(600, 0.6, apart, numbers, 2);
        try (Workers workers = Workers.of(1)) {
            Division division = train.division(workers);
            RoutedModel model = RoutedModels.train(division, RouterSelector.AUTO, 1, workers, Progress.NONE)
                    .model();
            Predictor predictor = new Predictor(model);
            var x = test.data().features();
            int[] sources = new int[test.sources().length];
            for (int i = 0; i < sources.length; i++) {
                sources[i] = test.sources()[i] - 1;
            }
            Map<Worth.Way, String> ways = new EnumMap<>(Worth.Way.class);
            ways.put(Worth.Way.FEATURES, "routed");
            if (sourceKnown) {
                ways.put(Worth.Way.SOURCE, "told");
                ways.put(Worth.Way.FEW_LABELLED_ROWS, "few");
            }
            RoutedModel strong = Baselines.strongSingle(division, LearnerSet.STANDARD, 1, Progress.NONE, workers);
            Evaluation evaluation = Evaluation.of(
                    List.of(
                            new Evaluation.Contestant("routed", predictor.predict(x, workers)),
                            new Evaluation.Contestant(
                                    "told", predictor.predict(x, new Routing.Given(test.sources()), workers)),
                            new Evaluation.Contestant(
                                    "few", FewShotRouting.predict(model, test.data(), sources, 1, workers)),
                            new Evaluation.Contestant("strong", new Predictor(strong).predict(x, workers))),
                    test.data().targets(),
                    test.data().samplingUnits(),
                    300,
                    1,
                    workers);
            return Worth.of(evaluation, model.blocks(), "strong", ways);
        }
    }

    @Test
    void nothingHelpsWhereNothingTellsTheBlockButAFewLabelsOfASourceDo() {
        Worth alone = worth(0, true, false);
        assertThat(alone.gain(Worth.Way.SOURCE)).isNull();
        assertThat(alone.gains()).hasSize(1);
        Worth known = worth(0, true, true);
        // ten labels tell the source as well as its name: what asks least is named
        assertThat(known.way()).isEqualTo(Worth.Way.SOURCE);
        Worth.Gain told = known.gains().get(1);
        assertThat(told.share().low()).isGreaterThan(0.5);
        assertThat(told.nats().low()).isGreaterThan(0.5);
        assertThat(known.gains().get(2).helps()).isTrue();
        assertThat(known.gains().get(2).share().value())
                .isBetween(told.share().value() - 0.05, told.share().value() + 0.01);
    }

    @Test
    void aStrongModelNeedsNoBlocksWhereTheFeaturesTellThem() {
        // one radial expert bends from one convention to the other
        Worth worth = worth(8, false, true);
        Worth.Gain features = worth.gains().get(0);
        assertThat(features.share().value()).isBetween(-0.03, 0.05);
        assertThat(worth.gains().get(1).share().value()).isBetween(-0.03, 0.05);
    }

    private static Evaluation.Interval interval(double value, double low, double high) {
        return new Evaluation.Interval(value, low, high);
    }

    private static Worth.Gain gain(Evaluation.Interval share, Evaluation.Interval nats) {
        return new Worth.Gain(Worth.Way.FEATURES, "routed", Metric.ACCURACY, share, Metric.LOG_LOSS, nats);
    }

    @Test
    void chanceAndTriflesDoNotHelp() {
        Evaluation.Interval chance = interval(0.01, -0.01, 0.03);
        Evaluation.Interval trifle = interval(0.001, 0.0005, 0.002);
        Evaluation.Interval better = interval(0.05, 0.02, 0.08);
        Evaluation.Interval worse = interval(-0.05, -0.08, -0.02);
        assertThat(gain(chance, chance).helps()).isFalse();
        assertThat(gain(trifle, trifle).helps()).isFalse();
        assertThat(gain(better, chance).helps()).isTrue();
        assertThat(gain(chance, better).helps()).isTrue();
        assertThat(gain(better, worse).helps()).isFalse();
        assertThat(gain(better, worse).harms()).isFalse();
        assertThat(gain(chance, worse).harms()).isTrue();
        assertThat(gain(chance, chance).harms()).isFalse();
    }

    @Test
    void theSameModelTwiceIsWorthNothing() {
        TwoConventions rows = TwoConventions.of(200, 0.6, 2, false, 3);
        try (Workers workers = Workers.of(1)) {
            Predictions one = new Predictor(Baselines.oneModel(rows.data(), 1, workers))
                    .predict(rows.data().features(), workers);
            Evaluation evaluation = Evaluation.of(
                    List.of(new Evaluation.Contestant("a", one), new Evaluation.Contestant("b", one)),
                    rows.data().targets(),
                    rows.data().samplingUnits(),
                    50,
                    1,
                    workers);
            Worth worth = Worth.of(evaluation, 2, "b", Map.of(Worth.Way.FEATURES, "a"));
            assertThat(worth.way()).isEqualTo(Worth.Way.NOTHING_YET);
            assertThat(worth.helps()).isFalse();
            assertThat(worth.gains().get(0).share()).isEqualTo(interval(0, 0, 0));
            assertThat(Worth.of(evaluation, 1, "b", Map.of()).way()).isEqualTo(Worth.Way.ONE_BLOCK);
            assertThatThrownBy(() -> evaluation.entry("c"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'c'");
        }
    }

    @Test
    void differencesAreThoseOfThePairedDraws() {
        TwoConventions rows = TwoConventions.of(300, 0.6, 0, false, 4);
        try (Workers workers = Workers.of(1)) {
            RoutedModel sources = Baselines.perSource(rows.data(), rows.sources(), 2, 1, workers);
            Predictor predictor = new Predictor(sources);
            var x = rows.data().features();
            Evaluation evaluation = Evaluation.of(
                    List.of(
                            new Evaluation.Contestant("routed", predictor.predict(x, workers)),
                            new Evaluation.Contestant(
                                    "told", predictor.predict(x, new Routing.Given(rows.sources()), workers))),
                    rows.data().targets(),
                    rows.data().samplingUnits(),
                    200,
                    1,
                    workers);
            assertThat(evaluation.difference("told", "routed", Metric.ACCURACY))
                    .isEqualTo(evaluation.entry("told").againstFirst().get(Metric.ACCURACY));
            Evaluation.Interval back = evaluation.difference("routed", "told", Metric.ACCURACY);
            assertThat(back.value())
                    .isEqualTo(-evaluation
                            .difference("told", "routed", Metric.ACCURACY)
                            .value());
            assertThat(back.high()).isNegative();
        }
    }
}
