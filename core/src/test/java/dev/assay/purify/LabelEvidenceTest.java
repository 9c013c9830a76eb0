package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelEvidenceTest {
    private final Matrix x = new Matrix(3, 3, new double[] {0, 4, 1, 2, 0, 1, 4, 2, 1});

    /** The effects add up to the log-odds of the row less those of the average row. */
    @Test
    void effectsAddUpToTheLogOddsOfTheSuggestionOverTheLabel() {
        Dataset data = Dataset.of(x, new ClassTargets(new int[] {0, 1, 2}, List.of("a", "b", "c")));
        Matrix theta = new Matrix(3, 3, new double[] {1, -1, 0.5, 2, 0, 0, -1, 3, 1});
        double[] effects = LabelEvidence.of(data).effects(theta, 0, 2);
        double row = (-1 - 1) * 0 + (3 - -1) * 4 + (1 - 0.5);
        double average = (-1 - 1) * 2 + (3 - -1) * 2 + (1 - 0.5);
        assertThat(Arrays.stream(effects).sum()).isCloseTo(row - average, within(1e-12));
        assertThat(effects[1]).isCloseTo(8, within(1e-12));
    }

    @Test
    void oneLogitSpeaksForTheSecondOfTwoClasses() {
        Dataset data = Dataset.of(x, new ClassTargets(new int[] {1, 0, 1}, List.of("a", "b")));
        Matrix theta = new Matrix(1, 3, new double[] {1, 0, 0});
        // a small first feature speaks for a, so against b
        assertThat(LabelEvidence.of(data).effects(theta, 0, 0)[0]).isCloseTo(2, within(1e-12));
        assertThat(LabelEvidence.of(data).effects(theta, 1, 1)[0]).isCloseTo(0, within(1e-12));
    }

    @Test
    void forNumbersPositiveIsWhatLeadsAwayFromTheRowsOwnValue() {
        Dataset data = Dataset.of(x, new RealTargets(new double[] {3, 0, 0}, 0, 1));
        Matrix theta = new Matrix(1, 3, new double[] {1, 0, 0});
        assertThat(LabelEvidence.of(data).effects(theta, 0, -2)[0]).isCloseTo(2, within(1e-12));
    }

    @Test
    void rowsWithoutWeightDoNotMoveTheAverage() {
        Dataset data =
                Dataset.of(x, new RealTargets(new double[] {0, 0, 0}, 0, 1)).withWeights(new double[] {1, 1, 0});
        assertThat(LabelEvidence.of(data).means()).containsExactly(1, 2, 1);
    }
}
