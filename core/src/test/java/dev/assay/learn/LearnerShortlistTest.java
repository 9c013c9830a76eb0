package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which learners a sample leaves for all rows. */
final class LearnerShortlistTest {
    private static final LearnerSet OFFERED = new LearnerSet(true, false, List.of(new GaussianNaiveBayes()));

    @Test
    void whatTheSampleRulesOutIsNotTrainedOnAllRows() {
        // equal features twice over: naive Bayes counts them twice, however many rows there are
        LearnerShortlist list = of(30_000, x -> 3 * x[0] + 3 * x[1]);

        assertThat(list.learners().linear()).isTrue();
        assertThat(list.learners().further()).isEmpty();
        assertThat(list.behind()).singleElement().satisfies(rival -> {
            assertThat(rival.name()).contains("naive Bayes");
            assertThat(rival.gain().difference()).isPositive();
            assertThat(rival.gain().rows()).isEqualTo(20_000);
        });
    }

    @Test
    void aLinearExpertMayBeRuledOutAsWell() {
        LearnerShortlist list = of(30_000, x -> 3 * x[0] * x[0] - 3);

        assertThat(list.learners().hasLinear()).isFalse();
        assertThat(list.learners().further()).hasSize(1);
    }

    @Test
    void whatIsNotClearlyBehindIsTrainedOnAllRows() {
        LearnerShortlist list = of(30_000, x -> 0);

        assertThat(list.learners().hasLinear()).isTrue();
        assertThat(list.learners().further()).hasSize(1);
        assertThat(list.behind()).isEmpty();
    }

    @Test
    void whatABlendIsMadeOfIsPartOfWhatWasChosen() {
        Dataset data = rows(400, x -> x[0]);
        try (Workers workers = Workers.of(1)) {
            Folds parts = Learner.folds(data, 1, workers);
            List<CrossFittedExpert> kinds = Stream.of(new LinearLearner(true, false), new GaussianNaiveBayes())
                    .map(learner -> learner.crossFit(data, data.weights(), parts, 1, workers))
                    .toList();
            BlendedExpert blend = new BlendedExpert(kinds.stream()
                    .map(kind -> new WeightedExpert(kind.expert(), 0.5))
                    .toList());
            CrossFittedExpert together =
                    CrossFittedExpert.calibrated(blend, kinds.get(0).answers(), data, data.weights(), "both");

            assertThat(kinds).allMatch(new LearnerShortlist.Compared(kinds, together, data.samplingUnits())::isPart);
            assertThat(new LearnerShortlist.Compared(kinds, kinds.get(0), data.samplingUnits()).isPart(kinds.get(1)))
                    .isFalse();
        }
    }

    @Test
    void aBlockNoLargerThanTheSampleIsTriedWithAll() {
        LearnerShortlist list = of(15_000, x -> 3 * x[0] + 3 * x[1]);

        assertThat(list.learners()).isEqualTo(OFFERED);
    }

    private static LearnerShortlist of(int n, ToDoubleFunction<double[]> logit) {
        Dataset data = rows(n, logit);
        try (Workers workers = Workers.of(2)) {
            return LearnerShortlist.of(data, data.weights(), OFFERED, 1, Progress.NONE, workers);
        }
    }

    private static Dataset rows(int n, ToDoubleFunction<double[]> logit) {
        SplittableRandom random = new SplittableRandom(3);
        Matrix features = new Matrix(n, 4);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double[] x = {random.nextGaussian(), random.nextGaussian()};
            features.set(i, 0, x[0]);
            features.set(i, 1, x[1]);
            features.set(i, 2, x[0] + 0.1 * random.nextGaussian());
            features.set(i, 3, 1);
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit.applyAsDouble(x))) ? 1 : 0;
        }
        return Dataset.of(features, new ClassTargets(labels, List.of("a", "b")));
    }
}
