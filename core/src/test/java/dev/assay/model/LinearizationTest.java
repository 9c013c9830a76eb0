package dev.assay.model;

import static dev.assay.linalg.Close.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RandomMatrices;
import dev.assay.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives of the objective against finite differences, for regression (1), one logit (2) and softmax (4). */
class LinearizationTest {
    private static final double STEP = 1e-5;

    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private static Objective objective(int classes) {
        return Objective.of(GeneratedData.of(300, 6, classes, true, classes), 0.03);
    }

    private static double[] point(Objective objective) {
        return RandomMatrices.normal(objective.parameters(), 1, 5).values();
    }

    private static double[] moved(double[] theta, double length, double[] direction) {
        double[] result = theta.clone();
        Dense.add(length, direction, result);
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void gradientAndHessianAreFiniteDifferences(int classes) {
        Objective objective = objective(classes);
        double[] theta = point(objective);
        Linearization here = objective.at(theta, workers);
        double[] gradient = here.gradient(workers);
        Matrix hessian = here.hessian(workers);
        for (int j = 0; j < theta.length; j++) {
            double[] unit = new double[theta.length];
            unit[j] = 1;
            Linearization up = objective.at(moved(theta, STEP, unit), workers);
            Linearization down = objective.at(moved(theta, -STEP, unit), workers);
            assertThat(gradient[j]).isCloseTo((up.value() - down.value()) / (2 * STEP), within(1e-8));
            double[] upGradient = up.gradient(workers);
            double[] downGradient = down.gradient(workers);
            for (int k = 0; k < theta.length; k++) {
                assertThat(hessian.get(k, j)).isCloseTo((upGradient[k] - downGradient[k]) / (2 * STEP), within(1e-8));
            }
            assertThat(here.hessianDiagonal(workers)[j]).isCloseTo(hessian.get(j, j), within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theMeanCurvatureIsThatOfTheRows(int classes) {
        Objective objective = objective(classes);
        Linearization here = objective.at(point(objective), workers);
        double[] mean = new double[objective.loss().logits() * objective.loss().logits()];
        for (int i = 0; i < objective.data().size(); i++) {
            double share = objective.data().weights()[i] / objective.data().totalWeight();
            Dense.add(share, here.curvatures(i, i + 1).values(), mean);
        }
        assertClose(here.meanCurvature(workers).values(), mean, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void hessianProductsAgreeWithTheHessian(int classes) {
        Objective objective = objective(classes);
        double[] theta = point(objective);
        double[] v = RandomMatrices.normal(theta.length, 1, 6).values();
        Linearization here = objective.at(theta, workers);
        assertClose(here.hessianProduct(v, workers), Dense.multiply(here.hessian(workers), v), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void weightTwoIsTheRowTwice(int classes) {
        Dataset data = GeneratedData.of(50, 5, classes, false, 7);
        double[] weights = data.weights().clone();
        weights[13] = 2;
        int[] twice = new int[51];
        for (int i = 0; i < 51; i++) {
            twice[i] = i < 50 ? i : 13;
        }
        Objective weighted = Objective.of(data.withWeights(weights), 0.1);
        Objective duplicated = Objective.of(data.select(twice), 0.1);
        double[] theta = point(weighted);
        assertThat(weighted.at(theta, workers).value())
                .isCloseTo(duplicated.at(theta, workers).value(), within(1e-13));
        assertClose(
                weighted.at(theta, workers).gradient(workers),
                duplicated.at(theta, workers).gradient(workers),
                1e-13);
    }
}
