package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.learn.GaussianNaiveBayes;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels judged by the experts of a learner that knows nothing of noise. */
class LearnerExpertsTest {
    private static final List<Learner> LEARNERS = List.of(new GaussianNaiveBayes());

    /** Two features that are broad in one class and narrow in the other, so that no line parts them. */
    private static Dataset rings(int[] codes, SplittableRandom random) {
        Matrix x = new Matrix(codes.length, 3);
        for (int i = 0; i < codes.length; i++) {
            for (int j = 0; j < 2; j++) {
                x.set(i, j, (codes[i] == 0 ? 0.4 : 4) * random.nextGaussian());
            }
            x.set(i, 2, 1);
        }
        return Dataset.of(x, new ClassTargets(codes, List.of("narrow", "broad")));
    }

    private static WrongLabels judge(Dataset data, int threads) {
        try (Workers workers = Workers.of(threads)) {
            return WrongLabels.of(data, null, LearnerSet.of(LEARNERS), 1, workers, Progress.NONE);
        }
    }

    private static int[] alternating(int n) {
        return IntStream.range(0, n).map(i -> i % 2).toArray();
    }

    @Test
    void plantedWrongLabelsAreFoundByOnesOwnLearner() {
        SplittableRandom random = new SplittableRandom(3);
        Dataset clean = rings(alternating(1200), random);
        boolean[] wrong = new boolean[clean.size()];
        int[] labels = new int[clean.size()];
        for (int i = 0; i < labels.length; i++) {
            wrong[i] = random.nextDouble() < 0.15;
            labels[i] = wrong[i] ? 1 - i % 2 : i % 2;
        }
        Dataset data = Dataset.of(clean.features(), new ClassTargets(labels, List.of("narrow", "broad")));

        WrongLabels found = judge(data, 2);

        assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
        assertThat(found.share()).isCloseTo(0.15, within(0.03));
        long removed = IntStream.range(0, wrong.length).filter(found::isWrong).count();
        long hits = IntStream.range(0, wrong.length)
                .filter(i -> wrong[i] && found.isWrong(i))
                .count();
        long planted = IntStream.range(0, wrong.length).filter(i -> wrong[i]).count();
        assertThat((double) hits / removed).isGreaterThan(0.85);
        assertThat((double) hits / planted).isGreaterThan(0.85);
        assertThat(found.evidence().view()).isEqualTo("naive Bayes");
        assertThat(found.explanation().get(0)).startsWith("labels judged by a naive Bayes expert: of 1 experts");
    }

    @Test
    void nothingIsFoundWhereNothingIsWrong() {
        WrongLabels found = judge(rings(alternating(600), new SplittableRandom(4)), 2);

        assertThat(found.noisy()).as(found.explanation().toString()).isFalse();
    }

    @Test
    void judgesOfAllKindsAreComparedAndTheOneThatSaysMostWins() {
        Dataset data = rings(alternating(600), new SplittableRandom(6));
        try (Workers workers = Workers.of(2)) {
            LearnerSet offered = new LearnerSet(true, false, LEARNERS);
            WrongLabels found = WrongLabels.of(data, null, offered, 1, workers, Progress.NONE);

            assertThat(found.evidence().view()).isEqualTo("naive Bayes");
            assertThat(found.evidence().rivals()).singleElement().satisfies(rival -> {
                assertThat(rival.name()).isEqualTo("linear");
                assertThat(rival.gain().difference())
                        .isGreaterThan(2 * rival.gain().standardError());
            });
        }
    }

    @Test
    void aLabelHasNoPartInWhatIsSaidOfIt() {
        int[] codes = alternating(300);
        Dataset data = rings(codes, new SplittableRandom(5));
        int[] others = codes.clone();
        others[0] = 1;
        Dataset changed = Dataset.of(data.features(), new ClassTargets(others, List.of("narrow", "broad")));
        try (Workers workers = Workers.of(1)) {
            OutOfFoldRows sample = OutOfFoldRows.sample(data, ContentOrder.of(data, workers), 300, 1);
            ExpertTrial first = LearnerExperts.tried(LEARNERS.get(0), sample, null, 1, Progress.NONE, workers);
            ExpertTrial second = LearnerExperts.tried(
                    LEARNERS.get(0),
                    new OutOfFoldRows(sample.rows(), changed, sample.order(), sample.parts()),
                    null,
                    1,
                    Progress.NONE,
                    workers);

            // but for the few numbers of the noise, which all labels share
            double scale = second.noise().scale() / first.noise().scale();
            assertThat(scale).isCloseTo(1, within(0.2));
            double odds =
                    first.noise().answers().get(0, 0) - first.noise().answers().get(0, 1);
            double otherOdds = second.noise().answers().get(0, 0)
                    - second.noise().answers().get(0, 1);
            assertThat(otherOdds / odds / scale).isCloseTo(1, within(0.01));
        }
    }

    @Test
    void softLabelsAreRowsRepeatedForEachClassThatTheyMayBe() {
        Dataset data = rings(new int[] {0, 1, 0}, new SplittableRandom(6)).withWeights(new double[] {1, 2, 1});
        Matrix shares = new Matrix(3, 2, new double[] {0.25, 0.75, 1, 0, 0.5, 0.5});

        Dataset weighted = new Responses.SoftLabels(shares).weighted(data, new int[] {0, 1});

        assertThat(((ClassTargets) weighted.targets()).codes()).containsExactly(0, 1, 0);
        assertThat(weighted.weights()).containsExactly(0.25, 0.75, 2);
        assertThat(weighted.rows()).containsExactly(0, 0, 1);
        assertThat(weighted.features().get(1, 0)).isEqualTo(data.features().get(0, 0));
    }

    @Test
    void doesNotDependOnTheNumberOfThreads() {
        Dataset data = rings(alternating(200), new SplittableRandom(7));

        assertThat(judge(data, 1).trust()).containsExactly(judge(data, 2).trust());
    }

    @Test
    void aLearnerOfClassesSaysThatItKnowsNoNumbers() {
        Dataset classes = rings(alternating(100), new SplittableRandom(8));
        Dataset numbers = Dataset.of(
                classes.features(),
                new RealTargets(IntStream.range(0, 100).mapToDouble(i -> i).toArray(), 0, 1));

        assertThatThrownBy(() -> judge(numbers, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the targets are numbers");
    }
}
