package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.Linearization;
import dev.assay.model.NewtonTrainer;
import dev.assay.model.Objective;
import dev.assay.potential.Potential;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CriterionTest {
    private final Workers workers = Workers.of(2);
    private final Linearization fitted = fit(Objective.of(GeneratedData.of(40, 4, 3, false, 8), 0.01));

    @AfterEach
    void close() {
        workers.close();
    }

    private Linearization fit(Objective objective) {
        return objective.at(new NewtonTrainer().fit(objective, workers).model().theta(), workers);
    }

    private double[] scores(CriterionKind kind, DeltaVarianceMethod method, long seed) {
        double[] scores = new double[40];
        Arrays.fill(scores, Double.NaN);
        Criterion.of(kind, method).complete(fitted, seed, scores, workers, Progress.NONE);
        return scores;
    }

    @Test
    void deltaVarianceRanksFirstTheRowWithoutWhichTheRestIsMostHomogeneous() {
        double[] scores = scores(CriterionKind.DELTA_VARIANCE, DeltaVarianceMethod.RETRAIN, 1);
        int worst = IntStream.range(0, 40)
                .reduce((a, b) -> scores[a] >= scores[b] ? a : b)
                .orElseThrow();
        double[] rest = new double[40];
        for (int i = 0; i < 40; i++) {
            int left = i;
            Objective without = new Objective(
                    fitted.objective()
                            .data()
                            .select(IntStream.range(0, 40)
                                    .filter(j -> j != left)
                                    .toArray()),
                    fitted.objective().loss(),
                    0.01);
            rest[i] = Potential.of(LinearGradientSpace.of(fit(without), workers), workers)
                    .variance();
        }
        assertThat(rest[worst]).isEqualTo(Arrays.stream(rest).min().orElseThrow());
    }

    @Test
    void completesWhatIsKnownAlready() {
        double[] whole = scores(CriterionKind.DELTA_VARIANCE, DeltaVarianceMethod.ONE_STEP, 1);
        double[] begun = whole.clone();
        Arrays.fill(begun, 7, 40, Double.NaN);
        begun[3] = 123;
        Criterion.of(CriterionKind.DELTA_VARIANCE, DeltaVarianceMethod.ONE_STEP)
                .complete(fitted, 1, begun, workers, Progress.NONE);
        whole[3] = 123;
        assertThat(begun).containsExactly(whole);
        assertThat(whole[0])
                .isEqualTo(
                        -DeltaVariance.deltaVariance(fitted, DeltaVariance.Method.ONE_STEP, workers, Progress.NONE)[0]);
    }

    @Test
    void rowVarianceIsTheShareOfTheSecondMoment() {
        int[] all = IntStream.range(0, 40).toArray();
        Matrix x = LinearGradientSpace.of(fitted, workers).influences(all, all, workers);
        double[] expected = new double[40];
        double sum = 0;
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 40; j++) {
                expected[i] += i == j ? 0 : x.get(i, j) * x.get(i, j);
            }
            sum += expected[i];
        }
        double[] scores = scores(CriterionKind.ROW_VARIANCE, DeltaVarianceMethod.FAST, 1);
        for (int i = 0; i < 40; i++) {
            assertThat(scores[i]).isEqualTo(expected[i] / sum, within(1e-9));
        }
    }

    @Test
    void selfInfluenceAndLossAreThoseOfTheFit() {
        LinearGradientSpace space = LinearGradientSpace.of(fitted, workers);
        double[] self = scores(CriterionKind.SELF_INFLUENCE, DeltaVarianceMethod.FAST, 1);
        assertThat(self[5])
                .isEqualTo(
                        -space.influences(new int[] {5}, new int[] {5}, workers).get(0, 0), within(1e-10));
        assertThat(scores(CriterionKind.LOSS, DeltaVarianceMethod.FAST, 1)).containsExactly(fitted.losses());
    }

    @Test
    void randomDependsOnTheSeedAlone() {
        double[] scores = scores(CriterionKind.RANDOM, DeltaVarianceMethod.FAST, 1);
        assertThat(scores(CriterionKind.RANDOM, DeltaVarianceMethod.FAST, 1)).containsExactly(scores);
        assertThat(scores(CriterionKind.RANDOM, DeltaVarianceMethod.FAST, 2)).isNotEqualTo(scores);
    }
}
