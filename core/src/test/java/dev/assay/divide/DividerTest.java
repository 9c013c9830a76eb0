package dev.assay.divide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What dividing promises, on data whose blocks are known. */
class DividerTest {
    private static final DivideSettings SETTINGS = DivideSettings.AUTOMATIC.withMaxBlocks(3);
    private static final int FEATURES = 6;
    private static final double[][] FUNCTIONS = {
        {1, -1, 0.5, 1, -0.5, 0.8}, {-1, -0.6, 1, 0.4, 1, -0.3},
    };

    @Test
    void twoFunctionsAreToldApart() {
        Dataset data = steps(5, new int[] {350, 200}, 0);

        Division division = divide(data, SETTINGS, 2);

        assertThat(division.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(division.blocks()).hasSize(2);
        assertThat(division.blocks().get(0).share()).isCloseTo(350 / 550.0, within(0.06));
        // the functions agree on a third of the inputs: those rows belong to either
        int right = 0;
        for (int i = 0; i < data.size(); i++) {
            right += division.assigned()[i] == (i < 350 ? 1 : 2) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(430);
    }

    @Test
    void oneFunctionStaysOneBlock() {
        Division division = divide(steps(6, new int[] {500}, 0), SETTINGS, 2);

        assertThat(division.verdict()).isEqualTo(Verdict.HOMOGENEOUS);
        assertThat(division.blocks()).hasSize(1);
        assertThat(division.unexplainedShare()).isZero();
        assertThat(division.shareEntropy()).isZero();
    }

    @Test
    void labelsDrawnAtRandomAreNoSecondBlock() {
        Division division = divide(steps(7, new int[] {600}, 0.25), SETTINGS, 2);

        assertThat(division.verdict()).isEqualTo(Verdict.NOISY);
        assertThat(division.blocks()).hasSize(1);
        assertThat(division.unexplainedShare()).isCloseTo(0.25, within(0.07));
    }

    @Test
    void posteriorsAreProbabilitiesAndAgreeWithTheBlocks() {
        Division division = divide(steps(8, new int[] {300, 150}, 0), SETTINGS, 2);

        for (int i = 0; i < division.data().size(); i++) {
            double sum = 0;
            for (int b = 0; b < division.posteriors().columns(); b++) {
                sum += division.posteriors().get(i, b);
                assertThat(division.posteriors().get(i, division.assigned()[i]))
                        .isGreaterThanOrEqualTo(division.posteriors().get(i, b));
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void threadsChangeNoBit() {
        Dataset data = steps(9, new int[] {200, 120}, 0);

        Division one = divide(data, SETTINGS, 1);
        Division two = divide(data, SETTINGS, 2);

        assertThat(two.posteriors().values()).isEqualTo(one.posteriors().values());
        assertThat(two.outOfFoldProbability()).isEqualTo(one.outOfFoldProbability());
        Matrix x = data.features();
        try (Workers workers = Workers.of(1)) {
            assertThat(two.blocks().get(0).expert().answers(x, workers).values())
                    .isEqualTo(one.blocks().get(0).expert().answers(x, workers).values());
        }
    }

    @Test
    void permutingTheRowsPermutesTheBlocks() {
        Dataset data = steps(10, new int[] {300, 160}, 0);
        List<Integer> shuffled = IntStream.range(0, data.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(shuffled, new java.util.Random(3));
        int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();

        Division plain = divide(data, SETTINGS, 2);
        Division permuted = divide(data.select(order), SETTINGS, 2);

        int same = 0;
        for (int i = 0; i < order.length; i++) {
            same += permuted.assigned()[i] == plain.assigned()[order[i]] ? 1 : 0;
        }
        // sums in another order differ in their last digits
        assertThat(same).isGreaterThan(order.length - 5);
    }

    @Test
    void twoLinesAreTwoBlocksOfARegression() {
        SplittableRandom random = new SplittableRandom(11);
        int n = 400;
        Matrix x = new Matrix(n, 3);
        double[] targets = new double[n];
        for (int i = 0; i < n; i++) {
            double first = random.nextGaussian();
            double second = random.nextGaussian();
            x.set(i, 0, first);
            x.set(i, 1, second);
            x.set(i, 2, 1);
            double line = i < 250 ? first + 0.5 * second : 0.3 - first;
            targets[i] = (line + 0.1 * random.nextGaussian()) / 1.1;
        }
        Division division = divide(Dataset.of(x, new RealTargets(targets, 0, 1)), SETTINGS, 2);

        assertThat(division.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(division.blocks()).hasSize(2);
        assertThat(division.blocks().get(0).expert().deviation()).isCloseTo(0.1 / 1.1, within(0.03));
        assertThat(division.blocks().get(0).accuracy()).isNaN();
    }

    @Test
    void aColumnThatTellsTheSourceIsFollowed() {
        Dataset plain = steps(12, new int[] {330, 220}, 0);
        int n = plain.size();
        Matrix x = new Matrix(n, FEATURES + 2);
        for (int i = 0; i < n; i++) {
            System.arraycopy(plain.features().values(), plain.features().offset(i), x.values(), x.offset(i), FEATURES);
            x.set(i, FEATURES, i < 330 ? 1 : 0);
            x.set(i, FEATURES + 1, 1);
        }

        Division division = divide(Dataset.of(x, plain.targets()), SETTINGS, 2);

        assertThat(division.gate()).isEqualTo("features");
        int right = 0;
        for (int i = 0; i < n; i++) {
            right += division.assigned()[i] == (i < 330 ? 1 : 2) ? 1 : 0;
        }
        // also the rows on which both functions agree
        assertThat(right).isGreaterThan(n - 10);
    }

    @Test
    void purifyingWhatWasRemovedTakesTheDataApartToo() {
        DivideSettings purify = SETTINGS.withMethod(DivideSettings.Method.PURIFY);

        Division division = divide(steps(13, new int[] {400, 150}, 0), purify, 2);

        assertThat(division.blocks().size()).isGreaterThan(1);
        assertThat(division.verdict()).isEqualTo(Verdict.MIXED);
        assertThat(division.blocks().get(0).size()).isGreaterThan(300);
        assertThat(Arrays.stream(division.assigned()).max().orElse(0)).isLessThanOrEqualTo(3);
    }

    private static Division divide(Dataset data, DivideSettings settings, int threads) {
        try (Workers workers = Workers.of(threads)) {
            return Divider.divide(data, settings, workers, Progress.NONE);
        }
    }

    /** Four classes that are steps of one linear function per source; a share of the labels is drawn anew. */
    private static Dataset steps(long seed, int[] sizes, double redrawn) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = Arrays.stream(sizes).sum();
        Matrix x = new Matrix(n, FEATURES + 1);
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            double[] sums = fill(x, i, random);
            int label = label(sums[i < sizes[0] ? 0 : 1]);
            labels[i] = random.nextDouble() < redrawn ? random.nextInt(4) : label;
        }
        return Dataset.of(x, new ClassTargets(labels, List.of("a", "b", "c", "d")));
    }

    private static double[] fill(Matrix x, int row, SplittableRandom random) {
        double[] sums = new double[2];
        for (int j = 0; j < FEATURES; j++) {
            double value = random.nextGaussian();
            x.set(row, j, value);
            sums[0] += value * FUNCTIONS[0][j];
            sums[1] += value * FUNCTIONS[1][j];
        }
        x.set(row, FEATURES, 1);
        return sums;
    }

    private static int label(double sum) {
        return (sum > -1.4 ? 1 : 0) + (sum > 0 ? 1 : 0) + (sum > 1.4 ? 1 : 0);
    }
}
