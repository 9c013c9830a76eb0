package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenProbabilitiesTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private static GivenProbabilities of(double[]... rows) {
        Matrix values = new Matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < rows[i].length; c++) {
                values.set(i, c, rows[i][c]);
            }
        }
        return GivenProbabilities.of("p.npy", values, CLASSES, null);
    }

    private static double[] row(double... values) {
        return values;
    }

    private static void refused(String words, double[]... rows) {
        assertThatThrownBy(() -> of(rows))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("p.npy")
                .hasMessageContaining(words);
    }

    @Test
    void roundedRowsAddUpToExactlyOne() {
        GivenProbabilities given = of(row(0.333, 0.333, 0.333), row(0.5, 0.25, 0.25));

        assertThat(given.values().row(0)).containsExactly(row(1 / 3.0, 1 / 3.0, 1 / 3.0), within(1e-12));
        assertThat(given.values().row(1)).containsExactly(0.5, 0.25, 0.25);
    }

    @Test
    void whatIsNoProbabilityIsNamedByRowAndClassAndByWhatItLooksLike() {
        refused("row 2, class 'b': NaN", row(0.2, 0.3, 0.5), row(0.2, Double.NaN, 0.5));
        refused("softmax", row(2.5, -1, 0.3), row(0.2, 0.3, 0.5));
        refused("take exp", row(Math.log(0.2), Math.log(0.3), Math.log(0.5)), row(0, -30, -30));
        refused("divide them by 100", row(20, 30, 50), row(1, 1, 98));
        refused("row 1: the probabilities add up to 1.5", row(0.5, 0.5, 0.5), row(0.9, 0.9, 0.1));
        refused("one against the rest", row(0.5, 0.5, 0.5), row(0.9, 0.9, 0.1));
        refused("counts", row(3, 0, 1), row(0, 4, 0));
        refused("2 columns of probabilities, the labels have 3 classes: a, b, c", row(0.5, 0.5));
    }

    @Test
    void zeroIsHalfOfTheLeastThatTheModelExpresses() {
        Matrix logs = of(row(0, 0.02, 0.98), row(0.1, 0.2, 0.7)).logarithms();

        assertThat(Math.exp(logs.get(0, 0))).isCloseTo(0.01, within(2e-4));
        assertThat(Math.exp(logs.get(1, 0))).isCloseTo(0.1, within(1e-12));
    }
}
