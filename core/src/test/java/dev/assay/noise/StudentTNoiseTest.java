package dev.assay.noise;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTNoiseTest {
    private static final int ROWS = 6000;

    @ParameterizedTest
    @CsvSource({
        "0.5, 1.7724538509055159", // the root of pi
        "1, 1",
        "1.5, 0.8862269254527579",
        "5, 24",
        "11, 3628800",
        "0.1, 9.513507698668732"
    })
    void logGammaIsThatOfKnownValues(double value, double gamma) {
        assertThat(StudentTNoise.logGamma(value)).isCloseTo(Math.log(gamma), within(1e-8));
    }

    private static double[] residuals(ToDoubleFunction<SplittableRandom> noise) {
        SplittableRandom random = new SplittableRandom(31);
        double[] result = new double[ROWS];
        Arrays.setAll(result, i -> noise.applyAsDouble(random));
        return result;
    }

    private static double student(SplittableRandom random, int freedom) {
        double squares = 0;
        for (int k = 0; k < freedom; k++) {
            double z = random.nextGaussian();
            squares += z * z;
        }
        return random.nextGaussian() / Math.sqrt(squares / freedom);
    }

    private static double[] ones(int n) {
        double[] result = new double[n];
        Arrays.fill(result, 1);
        return result;
    }

    private static double[] densities(double[] targets, double[] weights) {
        Matrix predictions = new Matrix(targets.length, 1);
        double[] shifted = targets.clone();
        for (int i = 0; i < targets.length; i++) {
            // only residuals count
            predictions.set(i, 0, i % 7);
            shifted[i] += i % 7;
        }
        return StudentTNoise.logDensities(predictions, shifted, weights);
    }

    @Test
    void lightTailsAreNormal() {
        double[] uniform = residuals(random -> random.nextDouble(-1, 1));
        double squared = Arrays.stream(uniform).map(r -> r * r).average().orElseThrow();
        double[] normal = Arrays.stream(uniform)
                .map(r -> -0.5 * r * r / squared - 0.5 * Math.log(2 * Math.PI * squared))
                .toArray();
        assertClose(densities(uniform, ones(ROWS)), normal, 1e-5);
    }

    @Test
    void heavyTailsAreStudents() {
        double scale = 0.5;
        double[] heavy = residuals(random -> scale * student(random, 3));
        double[] said = densities(heavy, ones(ROWS));
        for (int i = 0; i < ROWS; i++) {
            double t = heavy[i] / scale;
            double expected = Math.log(2 / (Math.PI * Math.sqrt(3) * scale)) - 2 * Math.log1p(t * t / 3);
            assertThat(said[i]).isCloseTo(expected, within(0.1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 10})
    void theDensityAddsUpToOne(int freedom) {
        // rows without weight on a grid, beside the rows that say how broad it is
        double[] rows = residuals(random -> student(random, freedom));
        double step = 0.02;
        int grid = 20_001;
        double[] all = Arrays.copyOf(rows, ROWS + grid);
        double[] weights = Arrays.copyOf(ones(ROWS), ROWS + grid);
        for (int k = 0; k < grid; k++) {
            all[ROWS + k] = (k - grid / 2) * step;
        }
        double[] said = densities(all, weights);
        double sum = 0;
        for (int k = 0; k < grid; k++) {
            sum += step * Math.exp(said[ROWS + k]);
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
        assertThat(Arrays.copyOf(said, ROWS)).isEqualTo(densities(rows, ones(ROWS)));
    }
}
