package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
    private static final double[] SHARES = {0.7, 0.3};
    private static final RoutedModel MODEL = SmallModels.classes(SHARES, 0);

    private static Context infer(double[] x, int... codes) {
        try (Workers workers = Workers.of(1)) {
            Dataset data = Dataset.of(SmallModels.rows(x), new ClassTargets(codes, List.of("no", "yes")));
            return Context.infer(MODEL, data, workers);
        }
    }

    @Test
    void fewLabelledRowsTellTheBlock() {
        // block 2 calls large x "no"
        Context context = infer(new double[] {3, -3, 4, -4}, 0, 1, 0, 1);
        assertThat(context.posterior()[1]).isGreaterThan(0.99);
        try (Workers workers = Workers.of(1)) {
            Matrix x = SmallModels.rows(2);
            ClassPredictions with = (ClassPredictions) new Predictor(MODEL).predict(x, context.routing(), workers);
            ClassPredictions without = (ClassPredictions) new Predictor(MODEL).predict(x, workers);
            assertThat(with.codes()[0]).isZero();
            assertThat(without.codes()[0]).isEqualTo(1);
        }
    }

    @Test
    void oneRowCountsAsTheFormulaSays() {
        double own = 0.99 / (1 + Math.exp(-1)) + 0.01 / 2;
        double other = 0.99 / (1 + Math.exp(1)) + 0.01 / 2;
        double expected = 0.7 * own / (0.7 * own + 0.3 * other);
        assertThat(infer(new double[] {1}, 1).posterior()[0]).isCloseTo(expected, within(1e-9));
    }

    @Test
    void oneWrongLabelDecidesNothing() {
        Context context = infer(new double[] {30, 2, -2, 3, -3, 2, -3}, 0, 1, 0, 1, 0, 1, 0);
        assertThat(context.posterior()[0]).isGreaterThan(0.95);
    }

    @Test
    void noRowsLeaveTheShares() {
        assertThat(infer(new double[0]).posterior()).containsExactly(SHARES, within(1e-9));
    }
}
