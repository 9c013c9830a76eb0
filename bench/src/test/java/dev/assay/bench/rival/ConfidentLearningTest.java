package dev.assay.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.linalg.Matrix;
import org.junit.jupiter.api.Test;

class ConfidentLearningTest {
    /** Two classes, from the probability of the second one. */
    private static Matrix probabilities(double... second) {
        Matrix result = new Matrix(second.length, 2);
        for (int i = 0; i < second.length; i++) {
            result.set(i, 0, 1 - second[i]);
            result.set(i, 1, second[i]);
        }
        return result;
    }

    @Test
    void removesAsManyAsTheJointHasWhenItIsScaledToAllRows() {
        // mean self-confidence: class 0 3.5 / 6 = 0.583, class 1 2.4 / 3 = 0.8
        Matrix probabilities = probabilities(0.05, 0.05, 0.45, 0.45, 0.55, 0.95, 0.9, 0.9, 0.6);
        int[] codes = {0, 0, 0, 0, 0, 0, 1, 1, 1};
        // confident of class 0: rows 0 and 1; of class 1: rows 5, 6 and 7
        assertThat(ConfidentJoint.of(probabilities, codes).counts()).isEqualTo(new int[][] {{4, 2}, {0, 3}});
        // row 4 is not confident of any class, but it is the second farthest beyond the border
        assertThat(ConfidentLearning.kept(probabilities, codes))
                .containsExactly(true, true, true, true, false, false, true, true, true);
    }

    @Test
    void keepsRowsWhoseOwnClassIsTheMostProbable() {
        // mean self-confidence: class 0 2.13 / 4 = 0.5325, class 1 0.9
        Matrix probabilities = probabilities(0.01, 0.48, 0.48, 0.9, 0.9, 0.9);
        int[] codes = {0, 0, 0, 0, 1, 1};
        assertThat(ConfidentJoint.of(probabilities, codes).counts()).isEqualTo(new int[][] {{2, 2}, {0, 2}});
        assertThat(ConfidentLearning.kept(probabilities, codes)).containsExactly(true, true, true, false, true, true);
    }

    private static Matrix matrix(double[]... rows) {
        Matrix result = new Matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, result.values(), result.offset(i), rows[i].length);
        }
        return result;
    }

    @Test
    void aRowThatIsConfidentOfSeveralClassesCountsForTheMostProbableOfAll() {
        // mean self-confidence 0.9, 0.3 and 0.3: the last three reach those of classes 1 and 2 and are most probably of
        // class 0
        double[] several = {0.4, 0.3, 0.3};
        Matrix probabilities = matrix(new double[] {0.9, 0.05, 0.05}, several, several, several);
        int[] codes = {0, 1, 1, 2};
        // class 1 has two such rows and the one that every class has: 4/3 and 2/3 of its two rows; class 2 keeps its
        // only one
        assertThat(ConfidentJoint.of(probabilities, codes).counts())
                .isEqualTo(new int[][] {{1, 0, 0}, {1, 1, 0}, {0, 0, 1}});
        // both rows of class 1 lie where the cut does
        assertThat(ConfidentLearning.kept(probabilities, codes)).containsExactly(true, false, false, true);
    }

    @Test
    void roundsSoThatEachGivenClassKeepsItsRows() {
        double[] undecided = {0.3, 0.35, 0.35};
        Matrix probabilities = matrix(
                new double[] {0.9, 0.05, 0.05},
                new double[] {0.05, 0.9, 0.05},
                new double[] {0.05, 0.05, 0.9},
                undecided,
                undecided,
                undecided,
                undecided,
                new double[] {0.1, 0.8, 0.1},
                new double[] {0.1, 0.1, 0.8});
        int[] codes = {0, 0, 0, 0, 0, 0, 0, 1, 2};
        // mean self-confidence of class 0: 2.2 / 7 = 0.314; one row each is confident of each class: 7/3, 7/3 and 7/3
        assertThat(ConfidentJoint.of(probabilities, codes).counts())
                .isEqualTo(new int[][] {{3, 2, 2}, {0, 1, 0}, {0, 0, 1}});
    }
}
