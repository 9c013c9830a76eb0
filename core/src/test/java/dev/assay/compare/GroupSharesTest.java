package dev.assay.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroupSharesTest {
    private static final double[] COMMON = {0.6, 0.4};

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    /** Rows of group 0 or 1; log p_k is 0 for the block that the label is of, and the given penalty for the other one. */
    private static Matrix labels(int[] block, double penalty) {
        Matrix result = new Matrix(block.length, 2);
        for (int i = 0; i < block.length; i++) {
            result.set(i, 2 - block[i], -penalty);
        }
        return result;
    }

    private static Matrix constant(int n) {
        Matrix result = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            result.set(i, 0, Math.log(COMMON[0]));
            result.set(i, 1, Math.log(COMMON[1]));
        }
        return result;
    }

    @Test
    void sureLabelsAreCountedAndThePriorAddsItsRows() {
        // eight rows of group 0 in block 1, two in block 2; none of group 1
        int[] block = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2};
        Matrix shares = GroupShares.of(constant(10), labels(block, 50), ones(10), new int[10], 2, COMMON, 5);
        assertThat(shares.get(0, 0)).isCloseTo((8 + 5 * 0.6) / 15, within(1e-6));
        assertThat(shares.get(0, 1)).isCloseTo((2 + 5 * 0.4) / 15, within(1e-6));
        assertThat(shares.get(1, 0)).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void labelsThatFitBothBlocksAreNoEvidence() {
        int[] block = new int[30];
        Arrays.fill(block, 1);
        Matrix shares = GroupShares.of(constant(30), labels(block, 0), ones(30), new int[30], 1, COMMON, 1);
        assertThat(shares.get(0, 0)).isCloseTo(0.6, within(1e-9));
    }

    @Test
    void manyAmbiguousLabelsOfOneBlockDecideAllTheSame() {
        // each label is only three times as likely under block 1; the mean posterior would stop at 0.82
        int[] block = new int[400];
        Arrays.fill(block, 1);
        Matrix shares =
                GroupShares.of(constant(400), labels(block, Math.log(3)), ones(400), new int[400], 1, COMMON, 1);
        assertThat(shares.get(0, 0)).isGreaterThan(0.98);
    }

    @Test
    void whatTheFeaturesKnowIsNotCountedTwice() {
        // the features are right about nine rows in ten, and say so: nothing is left for the group to say
        int n = 1000;
        int[] block = new int[n];
        Matrix gate = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            boolean rightly = i % 50 % 11 != 0;
            block[i] = i % 5 < 3 ? 1 : 2;
            int told = rightly ? block[i] : 3 - block[i];
            double sure = told == 1 ? 0.54 / 0.58 : 0.36 / 0.42;
            gate.set(i, told - 1, Math.log(sure));
            gate.set(i, 2 - told, Math.log(1 - sure));
        }
        Matrix shares = GroupShares.of(gate, labels(block, 50), ones(n), new int[n], 1, COMMON, 1);
        assertThat(shares.get(0, 0)).isCloseTo(0.6, within(0.02));
    }

    @Test
    void rowsThatCountNothingOrBelongNowhereTakeNoPart() {
        int[] block = {1, 1, 1, 2, 2, 2};
        double[] counts = {1, 1, 1, 0, 1, 0};
        int[] group = {0, 0, 0, 0, -1, 0};
        Matrix shares = GroupShares.of(constant(6), labels(block, 50), counts, group, 1, COMMON, 1);
        assertThat(shares.get(0, 0)).isCloseTo((3 + 0.6) / 4, within(1e-6));
    }
}
