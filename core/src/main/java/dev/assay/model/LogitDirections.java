package dev.assay.model;

import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;

/**
 * The directions of logit space in which the logits of a softmax vary, as a transform T for {@link TransformedLoss}: the
 * ridge is weak along the directions that a model uses and strong along the others. In the language of priors: the
 * covariance of the parameters between classes is estimated from the data (empirical Bayes). Labels that are steps of one
 * hidden number, or that share directions in any other way, are then learned from far fewer rows.
 */
public final class LogitDirections {
    /** Share of the largest variance that every direction keeps. */
    private static final double FLOOR = 1e-2;

    private LogitDirections() {}

    /**
     * All directions alike: an orthonormal basis of the logits that add up to 0 (Helmert's contrasts), C x (C - 1). A softmax in these
     * coordinates is the same model under the same ridge, with p smaller by d.
     */
    public static Matrix alike(int classes) {
        Matrix basis = new Matrix(classes, classes - 1);
        for (int k = 1; k < classes; k++) {
            double length = Math.sqrt((double) k * (k + 1));
            for (int c = 0; c < k; c++) {
                basis.set(c, k - 1, 1 / length);
            }
            basis.set(k, k - 1, -k / length);
        }
        return basis;
    }

    /**
     * T = B U diag(s)^(1/2) with B the basis above and U, s the eigenvectors and eigenvalues of the covariance of the logits
     * in it, s raised by a floor and of mean 1. O(n C^2 + C^3).
     *
     * @param logits n x C
     * @param weights n
     */
    public static Matrix of(Matrix logits, double[] weights) {
        int classes = logits.columns();
        Matrix basis = alike(classes);
        int m = classes - 1;
        double[] mean = new double[m];
        double[] products = new double[m * m];
        double total = 0;
        double[] u = new double[m];
        for (int i = 0; i < logits.rows(); i++) {
            for (int k = 0; k < m; k++) {
                double sum = 0;
                for (int c = 0; c < classes; c++) {
                    sum += basis.get(c, k) * logits.get(i, c);
                }
                u[k] = sum;
                mean[k] += weights[i] * sum;
            }
            for (int k = 0; k < m; k++) {
                for (int l = 0; l < m; l++) {
                    products[k * m + l] += weights[i] * u[k] * u[l];
                }
            }
            total += weights[i];
        }
        Matrix covariance = new Matrix(m, m);
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                covariance.set(k, l, products[k * m + l] / total - mean[k] / total * (mean[l] / total));
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(covariance);
        double largest = Math.max(0, eigen.values()[m - 1]);
        if (!(largest > 1e-12)) {
            return basis;
        }
        double[] spread = new double[m];
        double sum = 0;
        for (int k = 0; k < m; k++) {
            spread[k] = Math.max(0, eigen.values()[k]) + FLOOR * largest;
            sum += spread[k];
        }
        Matrix result = new Matrix(classes, m);
        for (int k = 0; k < m; k++) {
            double scale = Math.sqrt(spread[k] * m / sum);
            for (int c = 0; c < classes; c++) {
                double entry = 0;
                for (int l = 0; l < m; l++) {
                    entry += basis.get(c, l) * eigen.vectors().get(k, l);
                }
                result.set(c, k, scale * entry);
            }
        }
        return result;
    }

    /** u with T u = z for logits z = Theta x that add up to 0: parameters in the coordinates of T, m x d. */
    static Matrix coordinates(Matrix transform, Matrix parameters) {
        int m = transform.columns();
        int d = parameters.columns();
        Matrix result = new Matrix(m, d);
        for (int k = 0; k < m; k++) {
            double norm = 0;
            for (int c = 0; c < transform.rows(); c++) {
                norm += transform.get(c, k) * transform.get(c, k);
            }
            for (int c = 0; c < transform.rows(); c++) {
                double factor = transform.get(c, k) / norm;
                for (int j = 0; j < d; j++) {
                    result.set(k, j, result.get(k, j) + factor * parameters.get(c, j));
                }
            }
        }
        return result;
    }
}
