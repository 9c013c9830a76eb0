package dev.assay.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RadialMapTest {
    private static final Workers WORKERS = Workers.shared();
    private static final int LANDMARKS = 25;

    private final Matrix landmarks = drawn(LANDMARKS, 3);

    @Test
    void innerProductsOfAllComponentsAreTheCentredKernel() {
        RadialMap map = RadialMap.of(landmarks, 0.5, LANDMARKS, 1e-12, WORKERS);

        Matrix seen = map.apply(landmarks, WORKERS);

        double[][] kernel = centredKernel(map.width());
        for (int i = 0; i < LANDMARKS; i++) {
            for (int j = 0; j < LANDMARKS; j++) {
                assertThat(dot(seen, i, j, seen.columns() - 1)).isCloseTo(kernel[i][j], within(1e-8));
            }
        }
    }

    @Test
    void componentsAreUncorrelatedAndTheMostImportantComeFirst() {
        Matrix seen = RadialMap.of(landmarks, 0.5, 6, WORKERS).apply(landmarks, WORKERS);

        double[] variances = new double[6];
        for (int a = 0; a < 6; a++) {
            double mean = 0;
            for (int i = 0; i < LANDMARKS; i++) {
                mean += seen.get(i, a);
                variances[a] += seen.get(i, a) * seen.get(i, a);
            }
            assertThat(mean).isCloseTo(0, within(1e-9));
            for (int b = 0; b < a; b++) {
                double cross = 0;
                for (int i = 0; i < LANDMARKS; i++) {
                    cross += seen.get(i, a) * seen.get(i, b);
                }
                assertThat(cross).isCloseTo(0, within(1e-9));
                assertThat(variances[a]).isLessThan(variances[b]);
            }
        }
    }

    @Test
    void whatALinearModelOfTheComponentsSaysNeedsNoComponents() {
        RadialMap map = RadialMap.of(landmarks, 0.5, 9, WORKERS);
        Matrix rows = drawn(700, 4);
        Matrix weights = new Matrix(2, map.outputDimension());
        Arrays.setAll(weights.values(), k -> Math.sin(1 + k));

        Matrix said = map.combine(rows, weights, WORKERS);

        Matrix seen = map.apply(rows, WORKERS);
        for (int i = 0; i < rows.rows(); i++) {
            for (int c = 0; c < 2; c++) {
                double sum = 0;
                for (int k = 0; k < seen.columns(); k++) {
                    sum += weights.get(c, k) * seen.get(i, k);
                }
                assertThat(said.get(i, c)).isCloseTo(sum, within(1e-10));
            }
        }
    }

    @Test
    void theWidthIsAShareOfTheMeanSquaredDistance() {
        Matrix corners = new Matrix(3, 2, new double[] {0, 0, 3, 0, 0, 4});

        // squared distances 9, 16 and 25
        assertThat(RadialMap.of(corners, 0.3, 2, WORKERS).width()).isCloseTo(5, within(1e-12));
    }

    @Test
    void aConstantComesLastAndRowsAreSeenOneByOne() {
        RadialMap map = RadialMap.of(landmarks, 0.5, 4, WORKERS);
        Matrix x = drawn(10, 9);

        Matrix seen = map.apply(x, WORKERS);
        Matrix one = map.apply(x.selectRows(new int[] {7}), WORKERS);

        assertThat(map.outputDimension()).isEqualTo(5);
        for (int i = 0; i < 10; i++) {
            assertThat(seen.get(i, 4)).isEqualTo(1);
        }
        for (int j = 0; j < 5; j++) {
            assertThat(one.get(0, j)).isCloseTo(seen.get(7, j), within(1e-12));
        }
    }

    @Test
    void equalLandmarksAreNoError() {
        RadialMap map = RadialMap.of(new Matrix(4, 2), 0.5, 3, WORKERS);

        for (double value : map.apply(drawn(5, 1), WORKERS).values()) {
            assertThat(value).isFinite();
        }
    }

    /** By its definition: K less the means of its rows and columns, plus the mean of all. */
    private double[][] centredKernel(double width) {
        double[][] kernel = new double[LANDMARKS][LANDMARKS];
        double[] means = new double[LANDMARKS];
        for (int i = 0; i < LANDMARKS; i++) {
            for (int j = 0; j < LANDMARKS; j++) {
                double distance = 0;
                for (int c = 0; c < 2; c++) {
                    distance += Math.pow(landmarks.get(i, c) - landmarks.get(j, c), 2);
                }
                kernel[i][j] = Math.exp(-distance / width);
                means[i] += kernel[i][j] / LANDMARKS;
            }
        }
        double all = Arrays.stream(means).average().orElseThrow();
        for (int i = 0; i < LANDMARKS; i++) {
            for (int j = 0; j < LANDMARKS; j++) {
                kernel[i][j] += all - means[i] - means[j];
            }
        }
        return kernel;
    }

    private static double dot(Matrix x, int i, int j, int columns) {
        double sum = 0;
        for (int c = 0; c < columns; c++) {
            sum += x.get(i, c) * x.get(j, c);
        }
        return sum;
    }

    private static Matrix drawn(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix result = new Matrix(n, 2);
        Arrays.setAll(result.values(), i -> random.nextGaussian());
        return result;
    }
}
