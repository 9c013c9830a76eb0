package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.linalg.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
    private static Dataset sample() {
        Matrix x = new Matrix(3, 2, new double[] {0.5, 1, -0.0, 1, 2, 1});
        return Dataset.of(x, new ClassTargets(new int[] {0, 1, 0}, List.of("01", "1")));
    }

    @Test
    void selectionKeepsTheRowsOfTheInput() {
        Dataset selected = sample().select(new int[] {2, 1}).select(new int[] {1});
        assertThat(selected.rows()).containsExactly(1);
        assertThat(selected.targets().value(0)).isEqualTo(1);
        assertThat(selected.features().row(0)).containsExactly(-0.0, 1);
    }

    @Test
    void fingerprintsFollowTheContentAndNothingElse() {
        assertThat(sample().fingerprint()).isEqualTo(sample().fingerprint()).hasSize(64);
        assertThat(sample().select(new int[] {0, 1, 2}).fingerprint()).isEqualTo(sample().fingerprint());
        assertThat(sample().withWeights(new double[] {1, 1, 2}).fingerprint()).isNotEqualTo(sample().fingerprint());
        assertThat(sample().withTargets(new ClassTargets(new int[] {0, 1, 0}, List.of("1", "01")))
                        .fingerprint())
                .isNotEqualTo(sample().fingerprint());
        assertThat(sample().select(new int[] {1, 0, 2}).fingerprint()).isNotEqualTo(sample().fingerprint());
    }

    @Test
    void negativeZeroIsZero() {
        Matrix x = sample().features().copy();
        x.set(1, 0, 0.0);
        assertThat(sample().withFeatures(x, sample().featureNames()).fingerprint())
                .isEqualTo(sample().fingerprint());
    }

    @Test
    void weightsThatAreNoWeightsAreRefused() {
        assertThatThrownBy(() -> sample().withWeights(new double[] {1, Double.NaN, 1}))
                .hasMessageContaining("example 1 has weight NaN");
        assertThatThrownBy(() -> sample().withWeights(new double[] {1, 1, -1}))
                .hasMessageContaining("example 2 has weight -1.0");
    }
}
