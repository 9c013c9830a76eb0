package dev.assay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShareCalibrationTest {
    private static final double[] SHARES = {0.4, 0.35, 0.25};

    /** Masses that are exactly what sharpness 1.7 and the offsets say. */
    private static Matrix masses(Matrix scores, double[] offsets) {
        Matrix masses = ShareCalibration.logShares(scores, SHARES, offsets, 1.7);
        for (int j = 0; j < masses.values().length; j++) {
            masses.values()[j] = 2 * Math.exp(masses.values()[j]);
        }
        return masses;
    }

    private static Matrix scores(double factor) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix scores = new Matrix(300, SHARES.length);
        for (int j = 0; j < scores.values().length; j++) {
            scores.values()[j] = factor * random.nextGaussian();
        }
        return scores;
    }

    @Test
    void findsTheSharpnessAndOffsetsThatMadeTheMasses() {
        Matrix scores = scores(1);
        double[] offsets = {0.3, -0.5, 0.2};
        ShareCalibration fit = ShareCalibration.fit(scores, masses(scores, offsets), SHARES);
        assertThat(fit.sharpness()).isCloseTo(1.7, within(1e-4));
        for (int k = 0; k < offsets.length; k++) {
            assertThat(fit.offsets()[k]).isCloseTo(offsets[k], within(1e-4));
        }
    }

    @Test
    void scoresThatPointTheWrongWayAreNotUsed() {
        ShareCalibration fit = ShareCalibration.fit(scores(-1), masses(scores(1), new double[3]), SHARES);
        assertThat(fit.sharpness()).isZero();
        assertThat(fit.offsets()).containsOnly(0);
    }
}
