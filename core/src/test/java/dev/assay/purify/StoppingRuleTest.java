package dev.assay.purify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.noise.HeldOutLikelihood;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
    private static final int N = 1000;

    private final SplittableRandom random = new SplittableRandom(2);

    /** A point whose rows are on average {@code mean} better than nothing, give or take {@code spread}. */
    private HeldOutLikelihood point(double mean, double spread) {
        double[] rows = new double[N];
        for (int i = 0; i < N; i++) {
            rows[i] = -1 + mean + spread * random.nextGaussian();
        }
        return new HeldOutLikelihood(Arrays.stream(rows).sum(), 0, rows);
    }

    @Test
    void stopsAtTheBestPoint() {
        StoppingRule rule = new StoppingRule(null);
        double[] means = {0, 0.05, 0.1, 0.12, 0.1, 0.05, 0};
        for (int point = 0; point < means.length; point++) {
            rule.add(point(means[point], 0.01), 0.01 * point);
        }
        assertThat(rule.stop()).isEqualTo(3);
        assertThat(rule.gain()).isBetween(110.0, 130.0);
    }

    @Test
    void takesNoGainThatChanceMayHaveMade() {
        StoppingRule rule = new StoppingRule(null);
        rule.add(point(0, 1), 0);
        rule.add(point(0.02, 1), 0.01);
        assertThat(rule.gain()).isGreaterThan(0);
        assertThat(rule.stop()).isZero();
    }

    @Test
    void looksOnUntilPatienceEnds() {
        StoppingRule rule = new StoppingRule(null);
        rule.add(point(0, 0), 0);
        rule.add(point(0.1, 0), 0.04);
        rule.add(point(0, 0), 0.08);
        rule.add(point(0, 0), 0.13);
        assertThat(rule.isOver(0.1)).isFalse();
        rule.add(point(0, 0), 0.14);
        assertThat(rule.isOver(0.1)).isTrue();
        assertThat(rule.stop()).isEqualTo(1);
    }
}
