package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartitionAgreementTest {
    /** The counts 1 1 0 / 1 2 1 / 0 0 4, the example of Yeung and Ruzzo's note on the adjusted Rand index. */
    private static final int[] FIRST = {0, 0, 1, 1, 1, 1, 2, 2, 2, 2};

    private static final int[] SECOND = {0, 1, 0, 1, 1, 2, 2, 2, 2, 2};

    @Test
    void agreesWithTheTextbook() {
        // together 1 + 6 = 7, rows 1 + 6 + 6 = 13, columns 1 + 3 + 10 = 14, of 45 pairs
        double expected = 13 * 14 / 45.0;
        PartitionAgreement agreement = PartitionAgreement.of(FIRST, SECOND);
        assertThat(agreement.adjustedRand()).isCloseTo((7 - expected) / (13.5 - expected), within(1e-12));
        assertThat(agreement.adjustedRand()).isCloseTo(0.313, within(5e-4));

        double first = -0.2 * Math.log(0.2) - 2 * 0.4 * Math.log(0.4);
        double second = -0.2 * Math.log(0.2) - 0.3 * Math.log(0.3) - 0.5 * Math.log(0.5);
        double joint = -4 * 0.1 * Math.log(0.1) - 0.2 * Math.log(0.2) - 0.4 * Math.log(0.4);
        assertThat(agreement.normalisedMutualInformation())
                .isCloseTo((first + second - joint) / ((first + second) / 2), within(1e-12));
    }

    @Test
    void namesOfThePartsDoNotMatter() {
        int[] renamed = Arrays.stream(SECOND).map(part -> (part + 2) % 3).toArray();
        assertThat(PartitionAgreement.of(FIRST, renamed).adjustedRand())
                .isCloseTo(PartitionAgreement.of(FIRST, SECOND).adjustedRand(), within(1e-12));
        assertThat(PartitionAgreement.of(SECOND, FIRST).normalisedMutualInformation())
                .isCloseTo(PartitionAgreement.of(FIRST, SECOND).normalisedMutualInformation(), within(1e-12));
        assertThat(PartitionAgreement.of(SECOND, renamed)).isEqualTo(new PartitionAgreement(1, 1));
    }

    @Test
    void independentPartitionsGetNothing() {
        Random random = new Random(1);
        double sum = 0;
        for (int draw = 0; draw < 50; draw++) {
            sum += PartitionAgreement.of(
                            random.ints(200, 0, 3).toArray(),
                            random.ints(200, 0, 4).toArray())
                    .adjustedRand();
        }
        assertThat(sum / 50).isCloseTo(0, within(0.005));
        int[] crossed = IntStream.range(0, 64).map(i -> i / 8).toArray();
        int[] across = IntStream.range(0, 64).map(i -> i % 8).toArray();
        assertThat(PartitionAgreement.of(crossed, across).normalisedMutualInformation())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void oneWholeAgreesWithItselfAndSaysNothingOfParts() {
        assertThat(PartitionAgreement.of(new int[10], new int[10])).isEqualTo(new PartitionAgreement(1, 1));
        assertThat(PartitionAgreement.of(new int[10], FIRST)).isEqualTo(new PartitionAgreement(0, 0));
    }

    @Test
    void theMatchingIsTheBestOfAll() {
        Random random = new Random(2);
        for (int draw = 0; draw < 200; draw++) {
            int rows = 1 + random.nextInt(5);
            int columns = 1 + random.nextInt(5);
            double[][] gains = new double[rows][columns];
            for (double[] row : gains) {
                Arrays.setAll(row, j -> random.nextInt(6));
            }
            int[] matched = OneToOneMatching.of(gains);
            double total = 0;
            for (int i = 0; i < rows; i++) {
                total += matched[i] < 0 ? 0 : gains[i][matched[i]];
            }
            int[] taken = Arrays.stream(matched).filter(j -> j >= 0).toArray();
            assertThat(taken).doesNotHaveDuplicates().hasSize(Math.min(rows, columns));
            assertThat(total).isEqualTo(best(gains, 0, new boolean[columns]));
        }
    }

    private static double best(double[][] gains, int row, boolean[] taken) {
        if (row == gains.length) {
            return 0;
        }
        double result = best(gains, row + 1, taken);
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                result = Math.max(result, gains[row][j] + best(gains, row + 1, taken));
                taken[j] = false;
            }
        }
        return result;
    }
}
