package dev.assay.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Entry by entry comparison of long arrays, which names the first entry that is off. */
public final class Close {
    private Close() {}

    public static void assertClose(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                assertThat(actual[i]).as("entry %d", i).isCloseTo(expected[i], within(tolerance));
            }
        }
    }
}
