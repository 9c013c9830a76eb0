package dev.assay.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
    /** Labels drawn from p; what is said is p to a power, made to add up to 1. */
    private static Reliability of(double power) {
        SplittableRandom random = new SplittableRandom(31);
        int n = 4000;
        Matrix said = new Matrix(n, 2);
        int[] codes = new int[n];
        for (int i = 0; i < n; i++) {
            double p = 1 / (1 + Math.exp(-2 * random.nextGaussian()));
            codes[i] = random.nextDouble() < p ? 1 : 0;
            double yes = Math.pow(p, power);
            double no = Math.pow(1 - p, power);
            said.set(i, 0, no / (yes + no));
            said.set(i, 1, yes / (yes + no));
        }
        Matrix bias = new Matrix(n, 1);
        Arrays.fill(bias.values(), 1);
        List<String> names = List.of("no", "yes");
        return Reliability.of(
                GivenProbabilities.of("p", said, names, null), Dataset.of(bias, new ClassTargets(codes, names)));
    }

    @Test
    void whoIsTooSureOfHimselfIsCooledDown() {
        Reliability sure = of(3);

        assertThat(sure.temperature()).isCloseTo(3, within(0.3));
        assertThat(sure.given().calibrationError()).isGreaterThan(0.08);
        assertThat(sure.calibrated().calibrationError()).isLessThan(0.03);
        assertThat(sure.calibrated().logLoss()).isLessThan(sure.given().logLoss());
        assertThat(sure.givenCurve().bins().get(4)).matches(bin -> bin.high() < bin.predicted(), "too sure");
        assertThat(sure.calibratedCurve().bins())
                .filteredOn(bin -> bin.low() <= bin.predicted() && bin.predicted() <= bin.high())
                .hasSizeGreaterThan(7);
    }

    @Test
    void whoKeepsPromisesStaysAsHeIs() {
        Reliability honest = of(1);

        assertThat(honest.temperature()).isCloseTo(1, within(0.1));
        assertThat(honest.given().calibrationError()).isLessThan(0.03);
        assertThat(honest.accuracy()).isEqualTo(of(3).accuracy());
    }
}
