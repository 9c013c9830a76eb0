package dev.assay.trees;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compare.PartitionAgreement;
import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.divide.DivideSettings;
import dev.assay.divide.Divider;
import dev.assay.divide.Judgement;
import dev.assay.divide.Verdict;
import dev.assay.learn.Expert;
import dev.assay.learn.Learner;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.LearnedMixture;
import dev.assay.mixture.LearnedMixtureSearch;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rows that follow one of two bent rules, which nothing in the features tells, come apart; one bent rule does not. */
class BentBlocksTest {
    private static final Workers WORKERS = Workers.shared();
    private static final Learner TREES =
            new FewTrees(new BoostedTreesLearner(new BoostingSettings(0.5, 6, 1, 1, 1, 8, 0)));

    /** So few that the rules of these tests are learned, and no more; what judges labels takes longer. */
    private record FewTrees(BoostedTreesLearner of) implements Learner {
        @Override
        public String name() {
            return "few trees";
        }

        @Override
        public Expert train(Dataset data, long seed, Workers workers) {
            return of.train(data, seed, workers);
        }
    }

    private record Mixed(Dataset data, int[] source) {}

    /** Two rows of three follow the sign of one feature, the third that of another, higher up; which, no feature tells. */
    private static Mixed twoRules(int n) {
        Matrix x = Samples.square(n, 1, 9);
        SplittableRandom random = new SplittableRandom(10);
        int[] source = new int[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            source[i] = random.nextDouble() < 0.65 ? 0 : 1;
            double rule = source[i] == 0 ? 2 * Math.signum(x.get(i, 0)) : 5 + 2 * Math.signum(x.get(i, 1));
            y[i] = rule + 0.1 * random.nextGaussian();
        }
        return new Mixed(Dataset.of(x, new RealTargets(y, 0, 1)), source);
    }

    @Test
    void twoBentRulesAreTwoBlocksFarAheadOfOneAndOfLinearOnes() {
        Mixed mixed = twoRules(500);
        DivideSettings settings =
                DivideSettings.AUTOMATIC.withMaxBlocks(2).withLearners(new LearnerSet(true, false, List.of(TREES)));

        Judgement judged = Divider.judge(mixed.data(), settings, WORKERS, Progress.NONE);

        assertThat(judged.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(agreement(judged.responsibilities(), mixed.source())).isGreaterThan(0.6);
        assertThat(judged.candidates())
                .filteredOn(one -> one.view().equals("few trees") && one.blocks() == 2)
                .singleElement()
                .satisfies(one -> assertThat(one.behind()).isZero());
        // nobody else comes near
        assertThat(judged.candidates())
                .filteredOn(one -> one.blocks() == 1 || one.view().equals("linear"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.behind()).isGreaterThan(0.1));
    }

    @Test
    void whatIsFoundDoesNotDependOnTheNumberOfThreads() {
        Dataset data = twoRules(300).data();
        List<double[]> known = List.of(single(data));
        LearnedMixture one;
        LearnedMixture two;
        try (Workers first = Workers.of(1);
                Workers second = Workers.of(2)) {
            one = Objects.requireNonNull(search(data, known, first).state());
            two = Objects.requireNonNull(search(data, known, second).state());
        }

        assertThat(one.responsibilities().values())
                .isEqualTo(two.responsibilities().values());
    }

    /** Broad on one side, and skewed: two experts with a deviation each explain that far better than one does. */
    @Test
    void unevenNoiseAboutOneBentRuleIsNoSecondRule() {
        int n = 500;
        Matrix x = Samples.square(n, 2, 5);
        SplittableRandom random = new SplittableRandom(6);
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double breadth = x.get(i, 2) > 0 ? 0.8 : 0.2;
            y[i] = chequered(x, i, 0, 1) - breadth * Math.log(1 - random.nextDouble());
        }
        Dataset data = Dataset.of(x, new RealTargets(y, 0, 1));

        assertThat(search(data, List.of(single(data)), WORKERS).state()).isNull();
    }

    @Test
    void doubtAboutClassesOfOneBentRuleIsNoSecondRule() {
        int n = 500;
        Matrix x = Samples.square(n, 2, 7);
        SplittableRandom random = new SplittableRandom(8);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            double surely = x.get(i, 2) > 0 ? 0.95 : 0.7;
            int rule = x.get(i, 0) * x.get(i, 1) > 0 ? 1 : 0;
            codes[i] = random.nextDouble() < surely ? rule : 1 - rule;
        }
        Dataset data = Dataset.of(x, new ClassTargets(codes, List.of("differ", "alike")));

        assertThat(search(data, List.of(single(data)), WORKERS).state()).isNull();
    }

    private static LearnedMixtureSearch.Result search(Dataset data, List<double[]> known, Workers workers) {
        return LearnedMixtureSearch.search(
                data, ContentOrder.of(data, workers), TREES, known, 1, Progress.NONE, workers);
    }

    /** What one expert says of rows that it did not see. */
    private static double[] single(Dataset data) {
        return TREES.crossFit(data, data.weights(), Learner.folds(data, 1, WORKERS), 1, WORKERS)
                .logLikelihoods();
    }

    private static double chequered(Matrix x, int row, int first, int second) {
        return 1.5 * Math.signum(x.get(row, first) * x.get(row, second));
    }

    /** Adjusted Rand index of the likeliest block with the rule that each row was drawn from. */
    private static double agreement(Matrix responsibilities, int[] source) {
        int[] block = new int[source.length];
        for (int i = 0; i < block.length; i++) {
            for (int b = 1; b < responsibilities.columns(); b++) {
                block[i] = responsibilities.get(i, b) > responsibilities.get(i, block[i]) ? b : block[i];
            }
        }
        return PartitionAgreement.of(block, source).adjustedRand();
    }
}
