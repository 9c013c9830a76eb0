package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.learn.LearnerSet;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Planted wrong labels, and honest doubt that must not be taken for them. */
class WrongLabelsTest {
    private static WrongLabels judge(Dataset data, long seed, int threads) {
        try (Workers workers = Workers.of(threads)) {
            return WrongLabels.of(data, null, LearnerSet.STANDARD, seed, workers, Progress.NONE);
        }
    }

    private static WrongLabels judge(Dataset data) {
        return judge(data, 1, 2);
    }

    /** A data set, and which of its labels were made wrong. */
    private record Planted(Dataset data, boolean[] wrong) {
        double share() {
            return (double) count(wrong) / wrong.length;
        }

        double precision(WrongLabels found) {
            return (double) hits(found) / removed(found);
        }

        double recall(WrongLabels found) {
            return (double) hits(found) / count(wrong);
        }

        private long hits(WrongLabels found) {
            return IntStream.range(0, wrong.length)
                    .filter(i -> wrong[i] && found.isWrong(i))
                    .count();
        }
    }

    private static long count(boolean[] which) {
        return IntStream.range(0, which.length).filter(i -> which[i]).count();
    }

    private static long removed(WrongLabels found) {
        return IntStream.range(0, found.trust().length).filter(found::isWrong).count();
    }

    /** Normal features and a bias. */
    private static Matrix inputs(int n, int d, SplittableRandom random) {
        Matrix x = new Matrix(n, d);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d - 1; j++) {
                x.set(i, j, random.nextGaussian());
            }
            x.set(i, d - 1, 1);
        }
        return x;
    }

    private static Dataset classes(Matrix x, int[] codes, int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(c -> "class" + c).toList();
        return Dataset.of(x, new ClassTargets(codes, names));
    }

    /**
     * The class is that of the largest of four linear functions; a label is moved with the probability that T gives it.
     *
     * @param transitions 4 x 4
     */
    private static Planted four(int n, double[][] transitions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = inputs(n, 5, random);
        double[][] functions = {{2, 1, 0, 0, 0}, {-2, 1, 1, 0, 0}, {0, -2, 1, 1, 0}, {0, 0, -2, -2, 0}};
        int[] codes = new int[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < functions.length; c++) {
                double score = 0.1 * random.nextGaussian();
                for (int j = 0; j < 5; j++) {
                    score += functions[c][j] * x.get(i, j);
                }
                if (score > best) {
                    best = score;
                    codes[i] = c;
                }
            }
            int truth = codes[i];
            double left = random.nextDouble();
            for (int y = 0; y < functions.length && left >= 0; y++) {
                codes[i] = y;
                left -= transitions[truth][y];
            }
            wrong[i] = codes[i] != truth;
        }
        return new Planted(classes(x, codes, functions.length), wrong);
    }

    private static double[][] pairs(double share) {
        double[][] result = new double[4][4];
        for (int c = 0; c < 4; c++) {
            result[c][c] = 1 - share;
            result[c][(c + 1) % 4] = share;
        }
        return result;
    }

    @Test
    void findsClassesThatAreCalledTheNext() {
        Planted planted = four(800, pairs(0.2), 1);
        WrongLabels found = judge(planted.data());
        assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
        assertThat(found.share()).isCloseTo(planted.share(), within(0.03));
        assertThat(planted.precision(found)).isGreaterThan(0.9);
        assertThat(planted.recall(found)).isGreaterThan(0.85);
        List<Confusion> confusions = found.confusions(planted.data());
        assertThat(confusions.subList(0, 4)).allMatch(one -> one.to() == (one.from() + 1) % 4);
        for (int i = 0; i < planted.wrong().length; i++) {
            assertThat(found.wrongSince()[i] > 0).isEqualTo(found.isWrong(i));
            assertThat(found.wrongSince()[i]).isLessThanOrEqualTo(found.rounds().size());
        }
    }

    @Test
    void namesTheClassThatIsCalledAnotherFirst() {
        double[][] one = pairs(0);
        one[0][0] = 0.7;
        one[0][2] = 0.3;
        Planted planted = four(800, one, 2);
        WrongLabels found = judge(planted.data());
        assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
        Confusion first = found.confusions(planted.data()).get(0);
        assertThat(first.from()).isZero();
        assertThat(first.to()).isEqualTo(2);
        assertThat(first.share()).isCloseTo(0.3, within(0.07));
        assertThat(0.3).isBetween(first.low(), first.high());
        assertThat(planted.precision(found)).isGreaterThan(0.9);
    }

    @Test
    void cleanLabelsAreNotNoisy() {
        Planted planted = four(600, pairs(0), 3);
        WrongLabels found = judge(planted.data());
        assertThat(found.noisy()).as(found.explanation().toString()).isFalse();
        assertThat(removed(found)).isZero();
        assertThat(found.share()).isLessThan(0.02);
        assertThat(found.confusions(planted.data())).isEmpty();
        assertThat(found.wrongSince()).containsOnly(0);
    }

    /** p(1 | x) that differs from place to place. */
    enum HonestDoubt {
        LOGISTIC {
            @Override
            double probability(double[] x) {
                return 1 / (1 + Math.exp(-2 * x[0] + x[1]));
            }
        },
        LESS_FAR_FROM_THE_MIDDLE {
            @Override
            double probability(double[] x) {
                return flipped(x[0] > 0, 0.4 * Math.exp(-x[1] * x[1]));
            }
        },
        ON_ONE_SIDE_ONLY {
            @Override
            double probability(double[] x) {
                return flipped(x[0] > 0, x[1] > 0 ? 0.3 : 0);
            }
        };

        abstract double probability(double[] x);

        private static double flipped(boolean one, double error) {
            return one ? 1 - error : error;
        }
    }

    @ParameterizedTest
    @EnumSource
    void doubtThatDependsOnTheFeaturesIsHonest(HonestDoubt doubt) {
        SplittableRandom random = new SplittableRandom(4);
        int n = 1500;
        Matrix x = inputs(n, 4, random);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            codes[i] = random.nextDouble() < doubt.probability(x.row(i)) ? 1 : 0;
        }
        WrongLabels found = judge(classes(x, codes, 2));
        assertThat(found.noisy()).as(found.explanation().toString()).isFalse();
        assertThat(removed(found)).isZero();
    }

    @Test
    void flatErrorsAreWrongLabels() {
        // the same function as that of the honest ones, and the same share
        SplittableRandom random = new SplittableRandom(5);
        int n = 1500;
        Matrix x = inputs(n, 4, random);
        int[] codes = new int[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            wrong[i] = random.nextDouble() < 0.15;
            codes[i] = x.get(i, 0) > 0 != wrong[i] ? 1 : 0;
        }
        Planted planted = new Planted(classes(x, codes, 2), wrong);
        WrongLabels found = judge(planted.data());
        assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
        assertThat(found.share()).isCloseTo(planted.share(), within(0.03));
        assertThat(planted.precision(found)).isGreaterThan(0.9);
        assertThat(planted.recall(found)).isGreaterThan(0.9);
    }

    @Test
    void permutingTheRowsPermutesTheJudgement() {
        Dataset data = four(300, pairs(0.2), 6).data();
        int[] order =
                IntStream.range(0, data.size()).map(i -> (i * 7 + 3) % 300).toArray();
        WrongLabels straight = judge(data);
        WrongLabels permuted = judge(data.select(order));
        assertThat(permuted.noisy()).isEqualTo(straight.noisy());
        assertThat(permuted.share()).isCloseTo(straight.share(), within(1e-4));
        for (int i = 0; i < order.length; i++) {
            assertThat(permuted.trust()[i]).as("row %d", order[i]).isCloseTo(straight.trust()[order[i]], within(1e-2));
        }
    }

    @Test
    void threadsChangeNoBitAndAnotherSeedDrawsOtherParts() {
        Dataset data = four(300, pairs(0.2), 7).data();
        WrongLabels one = judge(data, 1, 1);
        WrongLabels two = judge(data, 1, 2);
        assertThat(two.trust()).containsExactly(one.trust());
        assertThat(two.answers().values()).containsExactly(one.answers().values());
        assertThat(two.explanation()).isEqualTo(one.explanation());
        assertThat(judge(data, 2, 2).trust()).isNotEqualTo(one.trust());
    }

    /** A number about a linear function, the noise of which is given. */
    private static Planted numbers(int n, double[] noise, boolean[] wrong, SplittableRandom random) {
        Matrix x = inputs(n, 4, random);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = x.get(i, 0) - x.get(i, 1) + 0.5 * x.get(i, 2) + noise[i];
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / n);
        double[] standardised =
                Arrays.stream(values).map(v -> (v - mean) / deviation).toArray();
        return new Planted(Dataset.of(x, new RealTargets(standardised, mean, deviation)), wrong);
    }

    @Test
    void findsNumbersThatAreTooHigh() {
        SplittableRandom random = new SplittableRandom(8);
        int n = 500;
        boolean[] wrong = new boolean[n];
        double[] noise = new double[n];
        for (int i = 0; i < n; i++) {
            wrong[i] = random.nextDouble() < 0.15;
            noise[i] = 0.2 * random.nextGaussian() + (wrong[i] ? 1 + 2 * random.nextDouble() : 0);
        }
        Planted planted = numbers(n, noise, wrong, random);
        WrongLabels found = judge(planted.data());
        assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
        // these are all far off, where a half-normal density expects as many that nobody can see: the share is too high
        assertThat(found.share()).isBetween(planted.share(), planted.share() + 0.06);
        assertThat(planted.precision(found)).isGreaterThan(0.92);
        assertThat(planted.recall(found)).isGreaterThan(0.95);
        assertThat(found.transitions()).isNull();
        assertThat(found.suggestedProbability()).containsOnly(Double.NaN);
        RealTargets targets = (RealTargets) planted.data().targets();
        assertThat(found.deviation() * targets.scale()).isCloseTo(0.2, within(0.03));
        for (int i = 0; i < n; i++) {
            if (wrong[i] && found.isWrong(i)) {
                assertThat(found.suggestion()[i]).isLessThan(targets.values()[i]);
            }
        }
    }

    @Test
    void heavyTailsAreHonest() {
        SplittableRandom random = new SplittableRandom(9);
        int n = 500;
        double[] noise = new double[n];
        for (int i = 0; i < n; i++) {
            double squares = 0;
            for (int k = 0; k < 3; k++) {
                double z = random.nextGaussian();
                squares += z * z;
            }
            noise[i] = 0.3 * random.nextGaussian() / Math.sqrt(squares / 3);
        }
        WrongLabels found = judge(numbers(n, noise, new boolean[n], random).data());
        assertThat(found.noisy()).as(found.explanation().toString()).isFalse();
    }

    @Test
    void rowsBeyondTheSampleAreJudgedByItsExperts() {
        SplittableRandom random = new SplittableRandom(10);
        int n = 12_000;
        Matrix x = inputs(n, 3, random);
        int[] codes = new int[n];
        boolean[] wrong = new boolean[n];
        for (int i = 0; i < n; i++) {
            wrong[i] = random.nextDouble() < 0.2;
            codes[i] = x.get(i, 0) + x.get(i, 1) > 0 != wrong[i] ? 1 : 0;
        }
        Planted planted = new Planted(classes(x, codes, 2), wrong);
        try (Workers workers = Workers.of(2)) {
            WrongLabels found = WrongLabels.of(planted.data(), 1e-4, LearnerSet.STANDARD, 1, workers, Progress.NONE);
            assertThat(found.noisy()).as(found.explanation().toString()).isTrue();
            assertThat(found.trust()).hasSize(n);
            assertThat(found.share()).isCloseTo(0.2, within(0.02));
            assertThat(planted.precision(found)).isGreaterThan(0.95);
            assertThat(planted.recall(found)).isGreaterThan(0.95);
            assertThat(found.explanation().toString()).contains("10000 of the rows were judged");
        }
    }
}
