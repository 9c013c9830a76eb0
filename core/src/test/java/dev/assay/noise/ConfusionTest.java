package dev.assay.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfusionTest {
    /** Wilson's interval, worked out by hand: (p + z^2/2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2/n), z^2 = 3.841459. */
    @ParameterizedTest
    @CsvSource({
        // (.05 + .0192073 -+ 1.959964 sqrt(.000475 + .00009604)) / 1.03841459
        "5, 100, 0.05, 0.0215437, 0.1117505",
        // (.5 + .1920730 -+ 1.959964 sqrt(.025 + .00960365)) / 1.3841459
        "5, 10, 0.5, 0.236593, 0.763407",
        // (0 -+): 0 and z^2 / (n + z^2)
        "0, 20, 0, 0, 0.161126",
        "20, 20, 1, 0.838874, 1"
    })
    void theIntervalIsWilsons(double rows, double total, double share, double low, double high) {
        Confusion confusion = Confusion.of(1, 2, rows, total);
        assertThat(confusion.share()).isCloseTo(share, within(1e-12));
        assertThat(confusion.low()).isCloseTo(low, within(2e-6));
        assertThat(confusion.high()).isCloseTo(high, within(2e-6));
    }

    @Test
    void saysWhichClassIsTakenForWhich() {
        Confusion confusion = Confusion.of(1, 2, 3, 12);
        assertThat(confusion.from()).isEqualTo(1);
        assertThat(confusion.to()).isEqualTo(2);
        assertThat(confusion.rows()).isEqualTo(3);
    }
}
