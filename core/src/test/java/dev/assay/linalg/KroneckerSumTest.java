package dev.assay.linalg;

import static dev.assay.linalg.Close.assertClose;

import dev.assay.work.Workers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KroneckerSumTest {
    /** Symmetric c x c matrices, one per row. */
    private static Matrix symmetric(int n, int order) {
        Matrix result = RandomMatrices.normal(n, order * order, 31);
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < order; a++) {
                for (int b = 0; b < a; b++) {
                    result.set(i, a * order + b, result.get(i, b * order + a));
                }
            }
        }
        return result;
    }

    /** n x d, one entry in so many another than 0. */
    private static Matrix inputs(int n, int d, int sparsity, long seed) {
        Matrix result = RandomMatrices.normal(n, d, seed);
        for (int k = 0; k < result.values().length; k++) {
            result.values()[k] *= k % sparsity == 0 ? 1 : 0;
        }
        return result;
    }

    /** Narrow inputs take the one wide product, wide ones a product for each pair of logits, sparse ones neither. */
    @ParameterizedTest
    @CsvSource({"700, 7, 1, 1", "700, 7, 3, 1", "40, 130, 2, 1", "3, 5, 4, 1", "30, 301, 1, 17", "12, 301, 2, 40"})
    void isTheSumOfKroneckerProducts(int n, int d, int order, int sparsity) {
        Matrix x = inputs(n, d, sparsity, 32);
        Matrix factors = symmetric(n, order);
        int p = order * d;
        Matrix expected = new Matrix(p, p);
        for (int i = 0; i < n; i++) {
            for (int row = 0; row < p; row++) {
                for (int column = 0; column < p; column++) {
                    double value =
                            factors.get(i, row / d * order + column / d) * x.get(i, row % d) * x.get(i, column % d);
                    expected.set(row, column, expected.get(row, column) + value);
                }
            }
        }
        try (Workers two = Workers.of(2);
                Workers one = Workers.of(1)) {
            Matrix sum = KroneckerSum.of(x, order, (from, to) -> factors.selectRows(from, to), two);
            assertClose(sum.values(), expected.values(), 1e-10);
            assertClose(
                    KroneckerSum.of(x, order, (from, to) -> factors.selectRows(from, to), one)
                            .values(),
                    sum.values(),
                    0);
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 6, 1, 1", "9, 6, 3, 1", "9, 301, 2, 19"})
    void formsAreInnerProductsOfTheBlocks(int n, int d, int order, int sparsity) {
        int p = order * d;
        Matrix x = inputs(n, d, sparsity, 33);
        Matrix w = RandomMatrices.normal(p, p, 34);
        Dense.mirrorLower(w);
        Matrix forms = new QuadraticForms(w, order).of(x, 2, n);
        for (int i = 2; i < n; i++) {
            double[] expected = new double[order * order];
            for (int row = 0; row < p; row++) {
                for (int column = 0; column < p; column++) {
                    expected[row / d * order + column / d] +=
                            x.get(i, row % d) * w.get(row, column) * x.get(i, column % d);
                }
            }
            assertClose(forms.row(i - 2), expected, 1e-10);
        }
    }
}
