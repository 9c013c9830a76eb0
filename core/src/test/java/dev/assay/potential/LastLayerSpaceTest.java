package dev.assay.potential;

import dev.assay.data.Dataset;
import dev.assay.influence.DirectInfluence;
import dev.assay.influence.GradientSpace;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.Matrix;
import dev.assay.model.GeneratedData;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The last layer of a network with one hidden layer is a linear predictor on the hidden features: against derivatives of the
 * network's own loss along its last layer, by finite differences.
 */
class LastLayerSpaceTest extends GradientSpaceContract {
    private static final int N = 60;
    private static final int CLASSES = 3;
    private static final int HIDDEN = 4;
    private static final double RIDGE = 0.2;

    private final Dataset data = GeneratedData.of(N, 5, CLASSES, false, 31).withWeights(weights());
    private final Matrix first = random(HIDDEN - 1, 5, 1);
    private final Matrix last = random(CLASSES, HIDDEN, 2);

    private static double[] weights() {
        double[] weights = new double[N];
        Arrays.setAll(weights, i -> new double[] {1, 2, 0.5, 0, 1}[i % 5]);
        return weights;
    }

    private static Matrix random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        Matrix result = new Matrix(rows, columns);
        Arrays.setAll(result.values(), k -> random.nextGaussian());
        return result;
    }

    /** tanh of the first layer, and a 1 for the bias. */
    private double[] hidden(int i) {
        double[] result = new double[HIDDEN];
        for (int k = 0; k < HIDDEN - 1; k++) {
            for (int j = 0; j < data.dimension(); j++) {
                result[k] += first.get(k, j) * data.features().get(i, j);
            }
            result[k] = Math.tanh(result[k]);
        }
        result[HIDDEN - 1] = 1;
        return result;
    }

    /** Minus the log-probability of the label. */
    private double loss(int i, double[] lastLayer) {
        double[] features = hidden(i);
        double[] outputs = new double[CLASSES];
        double sum = 0;
        for (int a = 0; a < CLASSES; a++) {
            for (int k = 0; k < HIDDEN; k++) {
                outputs[a] += lastLayer[a * HIDDEN + k] * features[k];
            }
            sum += Math.exp(outputs[a]);
        }
        return Math.log(sum) - outputs[(int) data.targets().value(i)];
    }

    private double[] gradient(int i, double[] lastLayer) {
        double[] result = new double[lastLayer.length];
        double step = 1e-4;
        for (int k = 0; k < result.length; k++) {
            // four points: the error is of fourth order
            double[] at = lastLayer.clone();
            for (int side = -2; side <= 2; side++) {
                at[k] = lastLayer[k] + side * step;
                result[k] += new double[] {1, -8, 0, 8, -1}[side + 2] * loss(i, at) / (12 * step);
            }
        }
        return result;
    }

    @Override
    GradientSpace space(Workers workers) {
        Matrix features = new Matrix(N, HIDDEN);
        for (int i = 0; i < N; i++) {
            System.arraycopy(hidden(i), 0, features.values(), features.offset(i), HIDDEN);
        }
        Dataset hidden = data.withFeatures(features, List.of("h1", "h2", "h3", "bias"));
        return LinearGradientSpace.of(Objective.of(hidden, RIDGE).at(last.values(), workers), workers);
    }

    @Override
    double tolerance() {
        return 1e-6;
    }

    @Override
    double[][] influences() {
        int p = CLASSES * HIDDEN;
        double[] theta = last.values();
        double[][] hessian = new double[p][p];
        double step = 1e-3;
        for (int k = 0; k < p; k++) {
            hessian[k][k] += RIDGE;
            double[] at = theta.clone();
            for (int side = -2; side <= 2; side++) {
                at[k] = theta[k] + side * step;
                double factor = new double[] {1, -8, 0, 8, -1}[side + 2] / (12 * step) / data.totalWeight();
                for (int i = 0; i < N && side != 0; i++) {
                    double[] gradient = gradient(i, at);
                    for (int m = 0; m < p; m++) {
                        hessian[k][m] += factor * data.weights()[i] * gradient[m];
                    }
                }
            }
        }
        double[][] x = new double[N][N];
        for (int i = 0; i < N; i++) {
            double[] solved = DirectInfluence.solve(hessian, gradient(i, theta));
            for (int j = 0; j < N; j++) {
                double[] other = gradient(j, theta);
                for (int k = 0; k < p; k++) {
                    x[i][j] -= other[k] * solved[k];
                }
            }
        }
        return x;
    }
}
