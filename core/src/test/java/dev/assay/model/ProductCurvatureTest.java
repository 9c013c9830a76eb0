package dev.assay.model;

import static dev.assay.linalg.Close.assertClose;

import dev.assay.data.Dataset;
import dev.assay.linalg.RandomMatrices;
import dev.assay.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductCurvatureTest {
    private final Workers workers = Workers.of(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /** At zero all classes are as probable in every row, so that the Hessian is a product; that of squares always is. */
    @ParameterizedTest
    @CsvSource({"1, 6", "2, 6", "4, 6", "4, 1"})
    void isTheHessianWhereTheCurvatureIsTheSameInAllRows(int classes, int features) {
        Dataset data = GeneratedData.of(200, features, classes, true, 3 + classes);
        Objective objective = Objective.of(data, 0.03);
        Linearization at = objective.at(new double[objective.parameters()], workers);
        ProductCurvature curvature = new ProductCurvature(
                ProductCurvature.Inputs.of(
                        data.features(), data.weights(), objective.loss().logits(), workers),
                at.meanCurvature(workers),
                objective.ridge());
        double[] v = RandomMatrices.normal(objective.parameters(), 1, 5).values();
        double[] coordinates = curvature.toCoordinates(v, workers);
        assertClose(curvature.fromCoordinates(coordinates, workers), v, 1e-12);
        for (int j = 0; j < coordinates.length; j++) {
            coordinates[j] *= curvature.diagonal()[j];
        }
        assertClose(curvature.fromCoordinates(coordinates, workers), at.hessianProduct(v, workers), 1e-10);
    }
}
