package dev.assay.linalg;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private Matrix positiveDefinite(int order) {
        Matrix x = RandomMatrices.normal(2 * order + 3, order, order);
        Matrix result = Dense.gram(x, null, workers);
        result.addToDiagonal(0.1);
        return result;
    }

    /** Orders below, at and above the block of the blocked factorisation. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 256, 257, 700})
    void solvesWhatItFactored(int order) {
        Matrix h = positiveDefinite(order);
        Cholesky factor = Cholesky.factor(h, workers);
        double[] x = RandomMatrices.normal(order, 1, 9).values();
        double[] b = Dense.multiply(h, x);
        assertClose(factor.solve(b), x, 1e-6);
        Matrix rows = new Matrix(1, order, b.clone());
        factor.solveRows(rows, workers);
        assertClose(rows.values(), x, 1e-6);
        Matrix identity = Dense.multiply(factor.inverse(workers), h, workers);
        assertClose(identity.values(), Matrix.identity(order).values(), 1e-7);
    }

    @Test
    void theLowerInverseIsThatOfTheInverse() {
        Cholesky factor = Cholesky.factor(positiveDefinite(90), workers);
        Matrix expected = factor.inverse(workers);
        Matrix lower = factor.lowerInverse();
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(lower.get(i, j)).isCloseTo(expected.get(i, j), within(1e-9));
            }
        }
    }

    @Test
    void halfSolvesGiveTheQuadraticForm() {
        Matrix h = positiveDefinite(40);
        Cholesky factor = Cholesky.factor(h, workers);
        Matrix g = RandomMatrices.normal(3, 40, 10);
        Matrix u = g.copy();
        factor.halfSolveRows(u, workers);
        for (int i = 0; i < 3; i++) {
            double direct = Dense.dot(g.row(i), factor.solve(g.row(i)));
            assertThat(Dense.dot(u.row(i), u.row(i))).isCloseTo(direct, within(1e-10 * direct));
        }
    }

    @Test
    void logDeterminantOfAKnownMatrix() {
        Matrix h = Matrix.identity(3);
        h.set(0, 0, 4);
        h.set(1, 1, 9);
        assertThat(Cholesky.factor(h, workers).logDeterminant()).isCloseTo(Math.log(36), within(1e-14));
    }

    @Test
    void badConditioningIsSolvedToASmallResidual() {
        Matrix h = RandomMatrices.hilbert(12, 1e-12);
        double[] ones = new double[12];
        java.util.Arrays.fill(ones, 1);
        double[] b = Dense.multiply(h, ones);
        double[] residual = Dense.multiply(h, Cholesky.factor(h, workers).solve(b));
        Dense.add(-1, b, residual);
        assertThat(Math.sqrt(Dense.dot(residual, residual))).isLessThan(1e-12);
    }

    @Test
    void anIndefiniteMatrixIsRefusedWithItsPivot() {
        Matrix h = Matrix.identity(400);
        h.set(300, 300, -1);
        assertThatThrownBy(() -> Cholesky.factor(h, workers))
                .isInstanceOf(NotPositiveDefiniteException.class)
                .hasMessageContaining("400 x 400")
                .hasMessageContaining("pivot 301");
    }

    @Test
    void theSameBitsWithOneThread() {
        Matrix h = positiveDefinite(600);
        try (Workers one = Workers.of(1)) {
            assertThat(Cholesky.factor(h, workers).inverse(workers).values())
                    .isEqualTo(Cholesky.factor(h, one).inverse(one).values());
        }
    }

    @Test
    void rowSpaceCoordinatesKeepAllInnerProducts() {
        Matrix x = RandomMatrices.normal(7, 30, 11);
        RowSpace space = RowSpace.of(x);
        assertClose(
                Dense.multiplyTransposed(space.coordinates(), space.coordinates(), workers)
                        .values(),
                Dense.multiplyTransposed(x, x, workers).values(),
                1e-10);
        assertClose(Dense.multiply(space.coordinates(), space.basis(), workers).values(), x.values(), 1e-12);
    }

    @Test
    void eigenvectorsAreRowsInAscendingOrder() {
        Matrix h = positiveDefinite(20);
        SymmetricEigen eigen = SymmetricEigen.of(h);
        assertThat(eigen.values()).isSorted();
        for (int k = 0; k < 20; k++) {
            double[] image = Dense.multiply(h, eigen.vectors().row(k));
            Dense.add(-eigen.values()[k], eigen.vectors().row(k), image);
            assertThat(Math.sqrt(Dense.dot(image, image))).isLessThan(1e-10);
        }
    }
}
