package dev.assay.linalg;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.linalg.Dense.Form;
import dev.assay.work.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseTest {
    @ParameterizedTest
    @CsvSource({"3,4,5", "1,7,1", "300,17,1100", "600,300,20", "2,5000,3"})
    void productsOfAllFormsAgreeWithTheDefinition(int rows, int inner, int columns) {
        Matrix a = RandomMatrices.normal(rows, inner, 1);
        Matrix b = RandomMatrices.normal(inner, columns, 2);
        Matrix c = RandomMatrices.normal(rows, columns, 3);
        try (Workers workers = Workers.of(2)) {
            for (Form formA : Form.values()) {
                for (Form formB : Form.values()) {
                    Matrix result = c.copy();
                    Dense.multiply(
                            1.5,
                            formA == Form.AS_IS ? a : a.transpose(),
                            formA,
                            formB == Form.AS_IS ? b : b.transpose(),
                            formB,
                            -0.5,
                            result,
                            workers);
                    for (int i = 0; i < rows; i += Math.max(1, rows / 7)) {
                        for (int j = 0; j < columns; j += Math.max(1, columns / 7)) {
                            double sum = 0;
                            for (int k = 0; k < inner; k++) {
                                sum += a.get(i, k) * b.get(k, j);
                            }
                            assertThat(result.get(i, j)).isCloseTo(1.5 * sum - 0.5 * c.get(i, j), within(1e-9));
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5,3,true", "5000,20,true", "2500,400,true", "2500,400,false", "3000,20,false", "1,6,true"})
    void gramMatricesAgreeWithTheProduct(int rows, int columns, boolean negative) {
        Matrix x = RandomMatrices.normal(rows, columns, 4);
        double[] weights = RandomMatrices.normal(rows, 1, 5).values();
        if (!negative) {
            for (int i = 0; i < rows; i++) {
                weights[i] = Math.abs(weights[i]);
            }
        }
        Matrix scaled = x.copy();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                scaled.set(i, j, weights[i] * x.get(i, j));
            }
        }
        try (Workers workers = Workers.of(2)) {
            Matrix expected = Dense.multiply(x.transpose(), scaled, workers);
            Matrix gram = Dense.gram(x, weights, workers);
            assertClose(gram.values(), expected.values(), 1e-9);
            assertThat(gram.transpose().values()).isEqualTo(gram.values());
        }
    }

    @Test
    void theSameBitsWithOneAndWithMoreThreads() {
        Matrix x = RandomMatrices.normal(3000, 450, 6);
        Matrix narrow = RandomMatrices.normal(9000, 30, 7);
        try (Workers one = Workers.of(1);
                Workers three = Workers.of(3)) {
            assertThat(Dense.gram(x, null, three).values())
                    .isEqualTo(Dense.gram(x, null, one).values());
            assertThat(Dense.gram(narrow, null, three).values())
                    .isEqualTo(Dense.gram(narrow, null, one).values());
            assertThat(Dense.multiplyTransposed(x, x, three).values())
                    .isEqualTo(Dense.multiplyTransposed(x, x, one).values());
        }
    }

    @Test
    void nativeThreadsArePinnedSoThatOursAreTheOnlyOnes() {
        assertThat(Dense.libraries()).contains("JNI");
        assertThat(NativeLibraries.nativeThreads()).isEqualTo(1);
    }

    @Test
    void shapesThatDoNotFitAreRefusedByName() {
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> Dense.multiply(new Matrix(2, 3), new Matrix(4, 5), workers))
                    .hasMessageContaining("2 x 3 by 4 x 5");
        }
    }
}
