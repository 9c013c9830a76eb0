package dev.assay.influence;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.Loss;
import dev.assay.model.Objective;

/** The influence matrix straight from its definition: plain loops, Gaussian elimination, no shared code but the loss. */
public final class DirectInfluence {
    private DirectInfluence() {}

    /** X(i, j) = -g_j' H^-1 g_i, n x n. */
    public static double[][] matrix(Objective objective, double[] theta) {
        double[][] gradients = gradients(objective, theta);
        double[][] hessian = hessian(objective, theta, objective.data().totalWeight());
        int n = gradients.length;
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] solved = solve(hessian, gradients[i]);
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < solved.length; k++) {
                    result[i][j] -= gradients[j][k] * solved[k];
                }
            }
        }
        return result;
    }

    private static double[] logits(Objective objective, double[] theta, int i) {
        Matrix x = objective.data().features();
        int d = x.columns();
        double[] z = new double[objective.loss().logits()];
        for (int c = 0; c < z.length; c++) {
            for (int j = 0; j < d; j++) {
                z[c] += theta[c * d + j] * x.get(i, j);
            }
        }
        return z;
    }

    /** g_i, n x p. */
    public static double[][] gradients(Objective objective, double[] theta) {
        Dataset data = objective.data();
        Loss loss = objective.loss();
        int d = data.dimension();
        double[][] result = new double[data.size()][theta.length];
        for (int i = 0; i < result.length; i++) {
            double[] r = new double[loss.logits()];
            loss.residual(logits(objective, theta, i), 0, data.targets().value(i), r, 0);
            for (int k = 0; k < theta.length; k++) {
                result[i][k] = r[k / d] * data.features().get(i, k % d);
            }
        }
        return result;
    }

    /** sum_i w_i h_i / total + ridge I, p x p. */
    public static double[][] hessian(Objective objective, double[] theta, double total) {
        Dataset data = objective.data();
        Loss loss = objective.loss();
        int d = data.dimension();
        int c = loss.logits();
        double[][] result = new double[theta.length][theta.length];
        for (int i = 0; i < data.size(); i++) {
            double[] lambda = new double[c * c];
            loss.curvature(logits(objective, theta, i), 0, data.targets().value(i), lambda, 0);
            for (int k = 0; k < theta.length; k++) {
                for (int m = 0; m < theta.length; m++) {
                    result[k][m] += data.weights()[i]
                            / total
                            * lambda[k / d * c + m / d]
                            * data.features().get(i, k % d)
                            * data.features().get(i, m % d);
                }
            }
        }
        for (int k = 0; k < theta.length; k++) {
            result[k][k] += objective.ridge();
        }
        return result;
    }

    /** A^-1 b by Gaussian elimination with pivoting. */
    public static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = new double[n][];
        for (int i = 0; i < n; i++) {
            a[i] = matrix[i].clone();
        }
        double[] x = right.clone();
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(a[row][column]) > Math.abs(a[pivot][column]) ? row : pivot;
            }
            double[] keptRow = a[column];
            a[column] = a[pivot];
            a[pivot] = keptRow;
            double kept = x[column];
            x[column] = x[pivot];
            x[pivot] = kept;
            for (int row = column + 1; row < n; row++) {
                double factor = a[row][column] / a[column][column];
                for (int k = column; k < n; k++) {
                    a[row][k] -= factor * a[column][k];
                }
                x[row] -= factor * x[column];
            }
        }
        for (int row = n - 1; row >= 0; row--) {
            for (int k = row + 1; k < n; k++) {
                x[row] -= a[row][k] * x[k];
            }
            x[row] /= a[row][row];
        }
        return x;
    }

    /** V for unit weights: population variance over the ordered pairs i != j. */
    public static double variance(Objective objective, double[] theta) {
        double[][] x = matrix(objective, theta);
        int n = x.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                mean += i == j ? 0 : x[i][j] / ((double) n * (n - 1));
            }
        }
        double variance = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                variance += i == j ? 0 : (x[i][j] - mean) * (x[i][j] - mean) / ((double) n * (n - 1));
            }
        }
        return variance;
    }
}
