package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.SamplingUnits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PairedGainTest {
    @Test
    void differenceAndErrorOfRowsThatAreDrawsOfTheirOwn() {
        PairedGain gain = PairedGain.of(
                new double[] {3, 1, 2}, new double[] {1, 1, 1}, SamplingUnits.independent(new double[] {1, 1, 1}));

        assertThat(gain.difference()).isEqualTo(3);
        // gains 2, 0, 1 about their mean 1
        assertThat(gain.standardError()).isCloseTo(Math.sqrt(2), within(1e-12));
        assertThat(gain.rows()).isEqualTo(3);
    }

    @Test
    void rowsOfAGroupCountAsOneDraw() {
        double[] ones = new double[6];
        Arrays.fill(ones, 1);
        double[] first = {2, 2, 0, 0, 1, 1};
        double[] second = new double[6];

        PairedGain gain = PairedGain.of(first, second, new SamplingUnits(ones, new int[] {7, 7, 3, 3, 5, 5}));

        assertThat(gain.difference()).isEqualTo(6);
        // the groups gain 4, 0 and 2
        assertThat(gain.standardError()).isCloseTo(Math.sqrt(8), within(1e-12));
        assertThat(PairedGain.of(first, second, SamplingUnits.independent(ones)).standardError())
                .isCloseTo(2, within(1e-12));
    }
}
