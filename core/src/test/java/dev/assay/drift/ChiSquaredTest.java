package dev.assay.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tails beside published quantiles. */
class ChiSquaredTest {
    @ParameterizedTest
    @CsvSource({
        "3.841458821, 1, 0.05",
        "6.634896601, 1, 0.01",
        "0.103, 2, 0.949803",
        "18.30703805, 10, 0.05",
        "29.58829845, 10, 0.001",
        "3.940299, 10, 0.95",
        "124.3421134, 100, 0.05",
        "1118.948, 1000, 0.005"
    })
    void tailOfChiSquared(double x, int freedom, double tail) {
        assertThat(ChiSquared.tail(x, freedom)).isCloseTo(tail, within(2e-5 * Math.max(tail, 0.1)));
    }

    @Test
    void farTailsKeepTheirDigits() {
        // of two degrees of freedom exp(-x/2)
        assertThat(ChiSquared.tail(200, 2) / Math.exp(-100)).isCloseTo(1, within(1e-12));
        assertThat(ChiSquared.tail(0, 5)).isEqualTo(1);
        assertThat(ChiSquared.tail(Double.NaN, 5)).isEqualTo(1);
    }

    @Test
    void tailsOfPoissonAreSums() {
        assertThat(Poisson.tail(1, 0.2)).isCloseTo(1 - Math.exp(-0.2), within(1e-12));
        assertThat(Poisson.tail(3, 1)).isCloseTo(1 - Math.exp(-1) * 2.5, within(1e-12));
        assertThat(Poisson.tail(0, 3)).isEqualTo(1);
        assertThat(Poisson.tail(2, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "12.70620474, 1, 0.05",
        "4.302652730, 2, 0.05",
        "2.262157163, 9, 0.05",
        "2.093024054, 19, 0.05",
        "3.883405853, 19, 0.001",
        "2.845339710, 20, 0.01",
        "0, 7, 1"
    })
    void tailsOfStudent(double t, int freedom, double tails) {
        assertThat(StudentT.twoSided(t, freedom)).isCloseTo(tails, within(1e-8));
        assertThat(StudentT.twoSided(-t, freedom)).isCloseTo(tails, within(1e-8));
    }
}
