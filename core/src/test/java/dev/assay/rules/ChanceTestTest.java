package dev.assay.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChanceTestTest {

    @Test
    void theTailIsThatOfFishersTeaTasting() {
        // eight cups, four with milk first: all four named right in 1 of 70 ways, at least three in 17
        assertThat(ChanceTest.tail(8, 4, 4, 4)).isCloseTo(1.0 / 70, within(1e-12));
        assertThat(ChanceTest.tail(8, 4, 4, 3)).isCloseTo(17.0 / 70, within(1e-12));
        assertThat(ChanceTest.tail(8, 4, 4, 0)).isCloseTo(1, within(1e-12));
    }

    @Test
    void theBoundIsAboveTheTail() {
        for (int hits = 11; hits <= 20; hits++) {
            assertThat(ChanceTest.bound(0.5, 20, hits / 20.0)).isGreaterThan(ChanceTest.tail(40, 20, 20, hits));
        }
        assertThat(ChanceTest.bound(0.5, 20, 0.5)).isEqualTo(1);
        // all of 20 values are 1: probability 0.5^20 when drawn with replacement
        assertThat(ChanceTest.bound(0.5, 20, 1)).isCloseTo(Math.pow(0.5, 20), within(1e-18));
    }

    @Test
    void wilsonsIntervalIsThatOfTheTextbook() {
        // Agresti and Coull: 0 of 10 gives 0 to 0.2775; 5 of 10 gives 0.2366 to 0.7634
        assertThat(Proportion.of(0, 10).low()).isEqualTo(0);
        assertThat(Proportion.of(0, 10).high()).isCloseTo(0.2775, within(1e-4));
        assertThat(Proportion.of(0.5, 10).low()).isCloseTo(0.2366, within(1e-4));
        assertThat(Proportion.of(0.5, 10).high()).isCloseTo(0.7634, within(1e-4));
    }
}
