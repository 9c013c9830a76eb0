package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
    private final Workers workers = Workers.of(1);

    @AfterEach
    void close() {
        workers.close();
    }

    /** Two hidden directions of spread 5 and 2, some noise, a shift and a constant; also with fewer rows than columns. */
    @ParameterizedTest
    @ValueSource(ints = {200, 12})
    void findsTheDirectionsOfLargestSpreadWhateverTheShift(int n) {
        Random random = new Random(3);
        int d = 20;
        Matrix x = new Matrix(n, d);
        double[] hidden = new double[n];
        for (int i = 0; i < n; i++) {
            hidden[i] = 5 * random.nextGaussian();
            double second = 2 * random.nextGaussian();
            for (int j = 0; j < d; j++) {
                double value = 100 + 0.01 * random.nextGaussian();
                value += j == 3 ? hidden[i] : j == 7 ? second : 0;
                x.set(i, j, j == d - 1 ? 1 : value);
            }
        }
        PrincipalComponents components = PrincipalComponents.of(x, workers);
        assertThat(components.loadings().get(0, 3)).isCloseTo(1, within(0.1));
        assertThat(components.loadings().get(0, d - 1)).isCloseTo(0, within(1e-9));
        assertThat(components.shares()[0]).isGreaterThan(components.shares()[1]);
        assertThat(components.shares()[0] + components.shares()[1]).isCloseTo(1, within(0.001));
        double mean = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            mean += components.coordinates().get(i, 0) / n;
            square += Math.pow(components.coordinates().get(i, 0), 2);
        }
        assertThat(mean).isCloseTo(0, within(1e-9));
        double norm = 0;
        double total = 0;
        for (int j = 0; j < d; j++) {
            norm += Math.pow(components.loadings().get(0, j), 2);
            double column = 0;
            for (int i = 0; i < n; i++) {
                column += x.get(i, j) / n;
            }
            for (int i = 0; i < n; i++) {
                total += Math.pow(x.get(i, j) - column, 2);
            }
        }
        assertThat(norm).isCloseTo(1, within(1e-9));
        assertThat(square / total).isCloseTo(components.shares()[0], within(1e-9));
    }

    @Test
    void aSingleDirectionIsAllThatThereIsWhereOneFeatureVaries() {
        Matrix x = new Matrix(5, 2, new double[] {1, 1, 2, 1, 3, 1, 4, 1, 5, 1});
        PrincipalComponents components = PrincipalComponents.of(x, workers);
        assertThat(components.shares()).hasSize(1);
        assertThat(components.coordinates().columns()).isEqualTo(1);
        assertThat(PrincipalComponents.of(new Matrix(4, 3), workers).shares()).isEmpty();
    }
}
