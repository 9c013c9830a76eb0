package dev.assay.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where mixtures are looked for, and where all rows alone rule them out. */
class MixtureSearchTest {
    private static final double NO_RIVAL = Double.NEGATIVE_INFINITY;

    @Test
    void twoRulesAreJudgedByRowsThatTheirMixtureNeverSaw() {
        Dataset data = rules(400, 250, 3);

        MixtureSearch.Result result = search(data, NO_RIVAL);

        MixtureSearch.Found one = best(result, 1);
        MixtureSearch.Found two = best(result, 2);
        assertThat(two.evidence(data.weights())).isGreaterThan(one.evidence(data.weights()) + 0.1);
        // all rows flatter their own mixture
        assertThat(two.state().evidence(data.weights())).isGreaterThan(two.evidence(data.weights()));
    }

    @Test
    void oneRuleIsNotLookedAtFurther() {
        MixtureSearch.Result result = search(rules(500, 0, 4), NO_RIVAL);

        assertThat(result.found()).isNotEmpty().allMatch(found -> found.blocks() == 1);
    }

    @Test
    void mixturesAreNotJudgedWhereOneExpertIsOutOfTheirReach() {
        Dataset data = rules(400, 250, 3);
        double best = best(search(data, NO_RIVAL), 2).evidence(data.weights());

        MixtureSearch.Result result = search(data, best + 0.2);

        assertThat(result.found()).allMatch(found -> found.blocks() == 1);
    }

    @Test
    void labelsThatCostNextToNothingLeaveNoRoomForASecondBlock() {
        MixtureSearch.Result result = search(rules(400, 250, 3), -0.01);

        assertThat(result.starts()).isEqualTo(1);
    }

    @Test
    void manyRowsShowTwoRulesThatAreMuchAlike() {
        Dataset judged = alike(6000, 0.4, 1);

        MixtureSearch.Result result = searchMany(alike(5000, 0.4, 2), judged);

        double[] two = best(result, 2).logLikelihoods();
        double[] one = best(result, 1).logLikelihoods();
        assertThat(two).hasSize(judged.size());
        assertThat(PairedGain.of(two, one, judged.samplingUnits()).isBetter(3, 0))
                .isTrue();
        assertThat(result.found()).extracting(MixtureSearch.Found::blocks).doesNotContain(3);
    }

    @Test
    void manyRowsOfOneRuleAreNoBetterExplainedByTwo() {
        Dataset judged = alike(6000, 0, 1);

        MixtureSearch.Result result = searchMany(alike(5000, 0, 2), judged);

        double[] one = best(result, 1).logLikelihoods();
        assertThat(result.found())
                .allSatisfy(found -> assertThat(PairedGain.of(found.logLikelihoods(), one, judged.samplingUnits())
                                .isBetter(3, 0))
                        .isFalse());
    }

    private static MixtureSearch.Result searchMany(Dataset data, Dataset judged) {
        try (Workers workers = Workers.of(2)) {
            return MixtureSearch.search(
                    data, ContentOrder.of(data, workers), judged, 2, -0.7, 1, Progress.NONE, workers);
        }
    }

    /** Two classes by a logistic rule, and of a share of the rows by another one. */
    private static Dataset alike(int n, double share, long seed) {
        double[][] rules = {{2, -1, 1, 0, 1, 2}, {1, 2, -1, 2, -1, 1}};
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = new Matrix(n, 7);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double[] rule = rules[random.nextDouble() < share ? 1 : 0];
            double logit = 0;
            for (int j = 0; j < 6; j++) {
                double value = random.nextGaussian();
                x.set(i, j, value);
                logit += value * rule[j];
            }
            x.set(i, 6, 1);
            labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
        }
        return Dataset.of(x, new ClassTargets(labels, List.of("a", "b")));
    }

    private static MixtureSearch.Result search(Dataset data, double rival) {
        try (Workers workers = Workers.of(2)) {
            return MixtureSearch.search(data, ContentOrder.of(data, workers), 3, rival, 1, Progress.NONE, workers);
        }
    }

    private static MixtureSearch.Found best(MixtureSearch.Result result, int blocks) {
        MixtureSearch.Found best = null;
        for (MixtureSearch.Found found : result.found()) {
            double[] weights = new double[found.logLikelihoods().length];
            Arrays.fill(weights, 1);
            if (found.blocks() == blocks && (best == null || found.evidence(weights) > best.evidence(weights))) {
                best = found;
            }
        }
        if (best == null) {
            throw new AssertionError("nothing with " + blocks + " blocks");
        }
        return best;
    }

    /** Four classes that are steps of one linear function, and of another one. */
    private static Dataset rules(int first, int second, long seed) {
        double[][] functions = {{1, -1, 0.5, 1, -0.5, 0.8}, {-1, -0.6, 1, 0.4, 1, -0.3}};
        SplittableRandom random = new SplittableRandom(seed);
        int n = first + second;
        Matrix x = new Matrix(n, 7);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < 6; j++) {
                double value = random.nextGaussian();
                x.set(i, j, value);
                sum += value * functions[i < first ? 0 : 1][j];
            }
            x.set(i, 6, 1);
            labels[i] = (sum > -1.4 ? 1 : 0) + (sum > 0 ? 1 : 0) + (sum > 1.4 ? 1 : 0);
        }
        return Dataset.of(x, new ClassTargets(labels, List.of("a", "b", "c", "d")));
    }
}
