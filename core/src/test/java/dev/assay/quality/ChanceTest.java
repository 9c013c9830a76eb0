package dev.assay.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
    /** Quantiles as tables print them. */
    @ParameterizedTest
    @CsvSource({
        "3.841459, 1, 0.05",
        "16.918978, 9, 0.05",
        "27.877165, 9, 0.001",
        "124.342113, 100, 0.05",
        "2.705543, 1, 0.1"
    })
    void tailsOfChiSquaredAreThoseOfTables(double value, int freedom, double tail) {
        assertThat(Chance.chiSquaredTail(value, freedom)).isCloseTo(tail, within(1e-7));
    }

    @Test
    void poissonTailsAreSums() {
        assertThat(Chance.atLeast(1, 0.2)).isCloseTo(1 - Math.exp(-0.2), within(1e-12));
        assertThat(Chance.atLeast(3, 1)).isCloseTo(1 - Math.exp(-1) * 2.5, within(1e-12));
        assertThat(Chance.atLeast(0, 3)).isEqualTo(1);
        assertThat(Chance.atLeast(2, 0)).isZero();
    }
}
