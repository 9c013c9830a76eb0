package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShareAdaptationTest {
    private static final double[] SHARES = {0.5, 0.5};

    /** The router that is right for x ~ N(-1, 1) in block 1 and N(1, 1) in block 2: log-odds 2 x. */
    private static final RoutedModel MODEL = SmallModels.classes(SHARES, 2);

    private static Matrix batch(int n, double first, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian() + (random.nextDouble() < first ? -1 : 1);
        }
        return SmallModels.rows(x);
    }

    private static ShareAdaptation adapt(RoutedModel model, Matrix x) {
        try (Workers workers = Workers.of(1)) {
            return ShareAdaptation.of(model, x, workers);
        }
    }

    @Test
    void findsSharesThatMoved() {
        ShareAdaptation adaptation = adapt(MODEL, batch(4000, 0.85, 1));
        // standard error of the share: about 0.01
        assertThat(adaptation.after()[0]).isCloseTo(0.85, within(0.03));
        assertThat(adaptation.moved()).isCloseTo(0.35, within(0.03));
        assertThat(adaptation.sentence()).contains("changed sides");
    }

    @Test
    void noOtherSharesSuitTheBatchBetter() {
        Matrix x = batch(500, 0.3, 2);
        try (Workers workers = Workers.of(1)) {
            Matrix logShares = MODEL.router().logShares(x, workers);
            double[] found = ShareAdaptation.of(logShares, SHARES).after();
            double highest = ShareAdaptation.logLikelihood(logShares, SHARES, found);
            for (double step : new double[] {-0.01, 0.01}) {
                double[] other = {found[0] + step, found[1] - step};
                assertThat(ShareAdaptation.logLikelihood(logShares, SHARES, other))
                        .isLessThan(highest);
            }
        }
    }

    @Test
    void leavesSharesThatDidNotMove() {
        ShareAdaptation adaptation = adapt(MODEL, batch(1000, 0.5, 3));
        assertThat(adaptation.after()).containsExactly(SHARES);
        assertThat(adaptation.moved()).isZero();
        assertThat(adaptation.sentence()).contains("no evidence");
    }

    @Test
    void nothingCanBeAdaptedWhereFeaturesSayNothing() {
        ShareAdaptation adaptation = adapt(SmallModels.classes(SHARES, 0), batch(1000, 0.95, 4));
        assertThat(adaptation.gain()).isCloseTo(0, within(1e-9));
        assertThat(adaptation.after()).containsExactly(SHARES);
    }

    @Test
    void movedSharesMovePredictions() {
        ShareAdaptation adaptation = adapt(MODEL, batch(4000, 0.95, 5));
        try (Workers workers = Workers.of(1)) {
            Predictor predictor = new Predictor(MODEL);
            Matrix between = SmallModels.rows(0);
            Predictions adapted = predictor.predict(between, adaptation.routing(), workers);
            assertThat(predictor.predict(between, workers).blocks().get(0, 0)).isCloseTo(0.5, within(1e-12));
            assertThat(adapted.blocks().get(0, 0)).isCloseTo(adaptation.after()[0], within(1e-9));
        }
    }
}
