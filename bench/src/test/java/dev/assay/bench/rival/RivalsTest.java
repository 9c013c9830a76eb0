package dev.assay.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.assay.compare.PartitionAgreement;
import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.SyntheticSample;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RivalsTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Rivals, and what each of them reaches at least; the border of a linear function is slanted, the trees' are stairs. */
    static Stream<Arguments> rivals() {
        return Stream.of(
                arguments(new SoftmaxRegression(), 0.9),
                arguments(new BoostedTrees(), 0.8),
                arguments(IteratedRemoval.loss(), 0.9),
                arguments(IteratedRemoval.selfInfluence(), 0.9),
                arguments(new ConfidentLearning(new SoftmaxRegression()), 0.9),
                arguments(new ConfidentLearning(new BoostedTrees()), 0.8),
                arguments(new MixtureByEm(), 0.9),
                arguments(new GatedMixture(), 0.9),
                arguments(new KMeansExperts(), 0.9),
                arguments(IteratedRemoval.purification(), 0.9));
    }

    /** Which rule labels a row, by its features. */
    private interface Rule {
        int of(double[] x, SplittableRandom random);
    }

    /**
     * Five normal features and a bias; three classes, the largest of three linear functions, moved on by the rule's number.
     *
     * @param source receives the number of the rule
     */
    private static Dataset data(int n, long seed, int[] source, Rule rule) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] truth = {{2, 0, 1, -1, 0.5}, {-1, 2, 0, 1, -0.5}, {-1, -2, -1, 0, 1}};
        Matrix features = new Matrix(n, 6);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            double[] x = random.doubles(5, -2, 2).toArray();
            System.arraycopy(x, 0, features.values(), features.offset(i), 5);
            features.set(i, 5, 1);
            double highest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < 3; c++) {
                double score = 0;
                for (int j = 0; j < 5; j++) {
                    score += truth[c][j] * x[j];
                }
                if (score > highest) {
                    highest = score;
                    codes[i] = c;
                }
            }
            source[i] = rule.of(x, random);
            codes[i] = (codes[i] + source[i]) % 3;
        }
        return Dataset.of(features, new ClassTargets(codes, List.of("a", "b", "c")));
    }

    private double accuracy(Predictor predictor, Dataset test) {
        Matrix probabilities = predictor.probabilities(test.features(), workers);
        int[] codes = Linear.codes(test).codes();
        int right = 0;
        for (int i = 0; i < codes.length; i++) {
            int best = 0;
            double sum = 0;
            for (int c = 0; c < 3; c++) {
                best = probabilities.get(i, c) > probabilities.get(i, best) ? c : best;
                sum += probabilities.get(i, c);
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            right += best == codes[i] ? 1 : 0;
        }
        return right / (double) codes.length;
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void learnsALinearFunctionAndIsTheSameForAnyNumberOfThreads(Rival rival, double least) {
        Dataset training = data(300, 1, new int[300], (x, random) -> 0);
        Dataset test = data(500, 2, new int[500], (x, random) -> 0);
        Trained trained = rival.train(training, 3, workers);
        assertThat(accuracy(trained.whole(), test)).isGreaterThan(least);
        assertThat(trained.blocks()).hasSize(300);
        assertThat(Arrays.stream(trained.blocks()).max().orElseThrow())
                .isBetween(1, trained.experts().size());
        try (Workers one = Workers.of(1)) {
            Trained alone = rival.train(training, 3, one);
            assertThat(alone.blocks()).isEqualTo(trained.blocks());
            assertThat(alone.whole().probabilities(test.features(), one).values())
                    .isEqualTo(trained.whole()
                            .probabilities(test.features(), workers)
                            .values());
        }
    }

    static Stream<Learner> learners() {
        return Stream.of(new SoftmaxRegression(), new BoostedTrees());
    }

    @ParameterizedTest
    @MethodSource("learners")
    void confidentLearningFindsWrongLabels(Learner learner) {
        int[] shift = new int[400];
        Dataset training = data(400, 4, shift, (x, random) -> random.nextInt(100) < 15 ? 1 + random.nextInt(2) : 0);
        boolean[] wrong = new boolean[400];
        IntStream.range(0, 400).forEach(i -> wrong[i] = shift[i] > 0);
        assertFound(new ConfidentLearning(learner).train(training, 1, workers), wrong, 0.6);
    }

    /** Where there are many parameters; with few, wrong labels hardly hurt, and the stop finds nothing worth removing. */
    @ParameterizedTest
    @MethodSource("removals")
    void iteratedRemovalFindsRowsOfAnotherFunction(Rival rival) {
        SyntheticSample sample = SyntheticSample.drawPaper(new int[] {350, 150}, 1);
        boolean[] wrong = new boolean[500];
        IntStream.range(350, 500).forEach(i -> wrong[i] = true);
        assertFound(rival.train(sample.toDataset(), 1, workers), wrong, 0.3);
    }

    static Stream<Rival> removals() {
        return Stream.of(IteratedRemoval.loss(), IteratedRemoval.selfInfluence());
    }

    private static void assertFound(Trained trained, boolean[] wrong, double recall) {
        int removed = 0;
        int all = 0;
        int right = 0;
        for (int i = 0; i < wrong.length; i++) {
            boolean out = trained.blocks()[i] == 0;
            removed += out ? 1 : 0;
            all += wrong[i] ? 1 : 0;
            right += out && wrong[i] ? 1 : 0;
        }
        assertThat(right / (double) removed).as("precision").isGreaterThan(0.6);
        assertThat(right / (double) all).as("recall").isGreaterThan(recall);
    }

    @Test
    void expectationMaximisationFindsTwoRulesThatTheFeaturesDoNotTell() {
        int[] rule = new int[600];
        Dataset training = data(600, 5, rule, (x, random) -> random.nextInt(3) == 0 ? 1 : 0);
        Trained trained = new MixtureByEm().train(training, 1, workers);
        assertThat(PartitionAgreement.of(trained.blocks(), rule).adjustedRand()).isGreaterThan(0.8);
        Dataset test = data(500, 6, new int[500], (x, random) -> 0);
        // the larger block first
        assertThat(accuracy(trained.experts().get(0), test)).isGreaterThan(0.93);
    }

    @Test
    void aGateFindsTheRuleThatTheFeaturesTell() {
        Rule rule = (x, random) -> x[4] > 0.5 ? 1 : 0;
        Dataset training = data(800, 7, new int[800], rule);
        Dataset test = data(500, 8, new int[500], rule);
        double one =
                accuracy(new SoftmaxRegression().train(training, 1, workers).whole(), test);
        assertThat(one).isLessThan(0.85);
        assertThat(accuracy(new GatedMixture().train(training, 1, workers).whole(), test))
                .isGreaterThan(0.92);
    }

    @Test
    void clustersWithRulesOfTheirOwnAreFound() {
        int[] rule = new int[400];
        Dataset training = apart(data(400, 9, rule, (x, random) -> random.nextInt(2)), rule);
        int[] other = new int[400];
        Dataset test = apart(data(400, 10, other, (x, random) -> random.nextInt(2)), other);
        Trained trained = new KMeansExperts().train(training, 1, workers);
        assertThat(accuracy(trained.whole(), test)).isGreaterThan(0.9);
        assertThat(accuracy(new SoftmaxRegression().train(training, 1, workers).whole(), test))
                .isLessThan(0.8);
        assertThat(trained.experts()).hasSizeGreaterThan(1);
    }

    /** Two more features that hold the rows of the rules far apart. */
    private static Dataset apart(Dataset data, int[] rule) {
        Matrix wider = new Matrix(data.size(), 8);
        for (int i = 0; i < data.size(); i++) {
            System.arraycopy(data.features().values(), data.features().offset(i), wider.values(), wider.offset(i), 5);
            wider.set(i, 5, 10 * rule[i]);
            wider.set(i, 6, -10 * rule[i]);
            wider.set(i, 7, 1);
        }
        List<String> names = IntStream.range(0, 8).mapToObj(j -> "x" + j).toList();
        return data.withFeatures(wider, names);
    }

    @Test
    void blocksAreOrderedBySize() {
        Predictor first = (x, workers) -> new Matrix(1, 1);
        Predictor second = (x, workers) -> new Matrix(2, 1);
        Trained trained = Trained.ofSeveral(new int[] {0, 1, 1}, List.of(first, second), first);
        assertThat(trained.blocks()).containsExactly(2, 1, 1);
        assertThat(trained.experts()).containsExactly(second, first);
    }
}
