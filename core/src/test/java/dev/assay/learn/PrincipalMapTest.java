package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalMapTest {
    private static final Workers WORKERS = Workers.shared();

    @ParameterizedTest
    @CsvSource({"40, 8, 5", "8, 40, 5"})
    void directionsAreOrthonormal(int rows, int columns, int count) {
        Matrix directions =
                PrincipalMap.of(drawn(rows, columns), count, WORKERS).directions();

        assertThat(directions.rows()).isEqualTo(count);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b <= a; b++) {
                assertThat(dot(directions, a, b)).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 8", "8, 40"})
    void theMostImportantComeFirst(int rows, int columns) {
        Matrix x = drawn(rows, columns);
        Matrix seen = PrincipalMap.of(x, 5, WORKERS).apply(x, WORKERS);

        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 5; k++) {
            double squares = 0;
            for (int i = 0; i < rows; i++) {
                squares += seen.get(i, k) * seen.get(i, k);
            }
            assertThat(squares).isLessThan(before);
            before = squares;
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 8", "8, 40"})
    void allDirectionsTogetherAreARotation(int rows, int columns) {
        Matrix x = drawn(rows, columns);

        Matrix seen = PrincipalMap.of(x, 40, WORKERS).apply(x, WORKERS);

        assertThat(seen.columns()).isEqualTo(8);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(dot(seen, i, j)).isCloseTo(dot(x, i, j), within(1e-8));
            }
        }
    }

    @Test
    void directionsThatNoRowVariesInAreLeftOut() {
        Matrix x = new Matrix(30, 4);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 30; i++) {
            double value = random.nextGaussian();
            x.set(i, 0, 3 * value);
            x.set(i, 1, 4 * value);
            x.set(i, 3, random.nextGaussian() / 100);
        }

        Matrix directions = PrincipalMap.of(x, 4, WORKERS).directions();

        assertThat(directions.rows()).isEqualTo(2);
        assertThat(Math.abs(directions.get(0, 0))).isCloseTo(0.6, within(1e-3));
        assertThat(Math.abs(directions.get(0, 1))).isCloseTo(0.8, within(1e-3));
        assertThat(Math.abs(directions.get(1, 3))).isCloseTo(1, within(1e-3));
    }

    private static double dot(Matrix x, int i, int j) {
        double sum = 0;
        for (int c = 0; c < x.columns(); c++) {
            sum += x.get(i, c) * x.get(j, c);
        }
        return sum;
    }

    /** Columns of different size. */
    private static Matrix drawn(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(3);
        Matrix result = new Matrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                result.set(i, j, (1 + j % 8) * random.nextGaussian());
            }
        }
        return result;
    }
}
