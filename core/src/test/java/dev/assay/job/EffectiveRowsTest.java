package dev.assay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a share is worth that is estimated from probabilities. */
class EffectiveRowsTest {
    private static final int ROWS = 400;
    private static final double SHARE = 0.3;

    @Test
    void rowsOfKnownKindCountInFull() {
        double[] known = new double[ROWS];
        Arrays.fill(known, 0, 120, 1);

        assertThat(EffectiveRows.of(SHARE, known, ones())).isCloseTo(ROWS, within(1e-9));
        assertThat(EffectiveRows.of(0, new double[ROWS], ones())).isCloseTo(ROWS, within(1e-9));
    }

    @Test
    void weightsCountByTheirSpread() {
        double[] known = new double[ROWS];
        Arrays.fill(known, 0, 120, 1);
        double[] weights = ones();
        Arrays.fill(weights, 2);

        assertThat(EffectiveRows.of(SHARE, known, weights)).isCloseTo(ROWS, within(1e-9));
        Arrays.fill(weights, ROWS / 2, ROWS, 0);
        assertThat(EffectiveRows.of(0.6, known, weights)).isCloseTo(ROWS / 2.0, within(1e-9));
    }

    /** Two normal kinds that lie two apart: the share that explains most has the variance that so many known rows would give it. */
    @Test
    void theVarianceOfAShareIsThatOfSoManyKnownRows() {
        Random random = new Random(1);
        int trials = 300;
        double rows = 0;
        double sum = 0;
        double squares = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] ratio = new double[ROWS];
            Arrays.setAll(ratio, i -> {
                double x = random.nextGaussian() + (random.nextDouble() < SHARE ? 2 : 0);
                return Math.exp(2 * x - 2);
            });
            double share = SHARE;
            double[] posteriors = posteriors(ratio, share);
            for (int round = 0; round < 100; round++) {
                share = Arrays.stream(posteriors).average().orElseThrow();
                posteriors = posteriors(ratio, share);
            }
            rows += EffectiveRows.of(share, posteriors, ones()) / trials;
            sum += share;
            squares += share * share;
        }
        double variance = squares / trials - sum / trials * (sum / trials);

        assertThat(rows).isLessThan(0.8 * ROWS);
        assertThat(SHARE * (1 - SHARE) / rows / variance).isCloseTo(1, within(0.25));
    }

    private static double[] posteriors(double[] ratio, double share) {
        return Arrays.stream(ratio)
                .map(r -> share * r / (share * r + 1 - share))
                .toArray();
    }

    private static double[] ones() {
        double[] ones = new double[ROWS];
        Arrays.fill(ones, 1);
        return ones;
    }
}
