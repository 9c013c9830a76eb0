package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * A Hessian taken for a product: about A (x) S + ridge I, with A = (1/W) sum_i w_i Lambda_i, C x C, and S = (1/W) sum_i w_i x_i x_i',
 * d x d. Exact where the curvature Lambda is the same in all rows. In the coordinates of the eigenvectors of both factors it is
 * diagonal, so that solving with it costs two small products and a Hessian of p = C d parameters is never formed.
 *
 * <p>Where the eigenvectors of S cost more than the products with H that they would save, S is taken for diagonal.
 */
final class ProductCurvature {
    /** Products with H that the eigenvectors of S save, about, and what they cost in multiplications: so many d^3. */
    private static final double PRODUCTS_SAVED = 20;

    private static final double EIGEN_COST = 9;

    /** Of the features: computed once for a fit. */
    record Inputs(double[] values, @Nullable Matrix vectors) {
        static Inputs of(Objective objective, Workers workers) {
            Matrix x = objective.data().features();
            double[] weights = objective.data().weights();
            double n = x.rows();
            double d = x.columns();
            double total = objective.data().totalWeight();
            if (EIGEN_COST * d * d <= PRODUCTS_SAVED * 4 * n * objective.loss().logits()) {
                SymmetricEigen eigen = SymmetricEigen.of(Dense.gram(x, weights, workers));
                double[] values = eigen.values();
                for (int j = 0; j < values.length; j++) {
                    values[j] = Math.max(0, values[j]) / total;
                }
                return new Inputs(values, eigen.vectors());
            }
            double[] squares = new double[x.columns()];
            for (int i = 0; i < x.rows(); i++) {
                int at = x.offset(i);
                double weight = weights[i] / total;
                for (int j = 0; j < squares.length; j++) {
                    squares[j] += weight * x.values()[at + j] * x.values()[at + j];
                }
            }
            return new Inputs(squares, null);
        }
    }

    private final Inputs inputs;
    /** Eigenvectors of A, one a row. */
    private final Matrix outer;

    private final double[] diagonal;

    /** At a point; O(n C^2) beside the inputs. */
    ProductCurvature(Inputs inputs, Linearization at, Workers workers) {
        SymmetricEigen eigen = SymmetricEigen.of(at.meanCurvature(workers));
        this.inputs = inputs;
        this.outer = eigen.vectors();
        int c = eigen.values().length;
        int d = inputs.values().length;
        double ridge = at.objective().ridge();
        this.diagonal = new double[c * d];
        for (int a = 0; a < c; a++) {
            for (int j = 0; j < d; j++) {
                // where ridge and curvature both vanish there is nothing to scale by
                diagonal[a * d + j] =
                        Math.max(Double.MIN_NORMAL, Math.max(0, eigen.values()[a]) * inputs.values()[j] + ridge);
            }
        }
    }

    /** What the curvature is along each of its own coordinates, p values above 0. */
    double[] diagonal() {
        return diagonal;
    }

    /** The coordinates of a vector of p values, laid out logit by logit. */
    double[] toCoordinates(double[] v, Workers workers) {
        Matrix rows = Dense.multiply(outer, asMatrix(v), workers);
        Matrix vectors = inputs.vectors();
        return (vectors == null ? rows : Dense.multiplyTransposed(rows, vectors, workers)).values();
    }

    /** The opposite of {@link #toCoordinates}. */
    double[] fromCoordinates(double[] coordinates, Workers workers) {
        Matrix rows = Dense.multiply(outer.transpose(), asMatrix(coordinates), workers);
        Matrix vectors = inputs.vectors();
        return (vectors == null ? rows : Dense.multiply(rows, vectors, workers)).values();
    }

    private Matrix asMatrix(double[] v) {
        return new Matrix(outer.rows(), inputs.values().length, v);
    }
}
