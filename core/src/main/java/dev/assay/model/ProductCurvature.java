package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A Hessian taken for a product: about A (x) S + ridge I, with A = (1/W) sum_i w_i Lambda_i, C x C, and S = (1/W) sum_i w_i x_i x_i',
 * d x d. Exact where the curvature Lambda is the same in all rows. In the coordinates of the eigenvectors of both factors it is
 * diagonal, so that solving with it costs two small products and a Hessian of p = C d parameters is never formed.
 *
 * <p>Where the eigenvectors of S cost more than the products with H that they would save, S is taken for diagonal.
 */
public final class ProductCurvature {
    /** Products with H that the eigenvectors of S save, about, and what they cost in multiplications: so many d^3. */
    private static final double PRODUCTS_SAVED = 20;

    private static final double EIGEN_COST = 9;

    /**
     * Second moments of the features, S.
     *
     * @param values eigenvalues, or the diagonal
     * @param vectors one eigenvector a row, or null where S is taken for diagonal
     */
    public record Inputs(double[] values, @Nullable Matrix vectors) {
        /**
         * S = sum_i w_i x_i x_i' / sum_i w_i; O(n d^2 + d^3), or O(n d).
         *
         * @param weights n; S is 0 where all of them are
         * @param logits C, by which it is seen what a product with H costs
         */
        public static Inputs of(Matrix x, double[] weights, int logits, Workers workers) {
            double n = x.rows();
            double d = x.columns();
            double total = Arrays.stream(weights).sum();
            double[] values;
            Matrix vectors = null;
            if (EIGEN_COST * d * d <= PRODUCTS_SAVED * 4 * n * logits) {
                SymmetricEigen eigen = SymmetricEigen.of(Dense.gram(x, weights, workers));
                values = eigen.values();
                vectors = eigen.vectors();
            } else {
                values = new double[x.columns()];
                for (int i = 0; i < x.rows(); i++) {
                    int at = x.offset(i);
                    for (int j = 0; j < values.length; j++) {
                        values[j] += weights[i] * x.values()[at + j] * x.values()[at + j];
                    }
                }
            }
            for (int j = 0; j < values.length; j++) {
                values[j] = total > 0 ? Math.max(0, values[j]) / total : 0;
            }
            return new Inputs(values, vectors);
        }
    }

    private final Inputs inputs;
    /** Eigenvectors of A, one a row. */
    private final Matrix outer;

    private final double[] diagonal;

    /**
     * From its factors; O(C^3).
     *
     * @param logits A, C x C
     */
    public ProductCurvature(Inputs inputs, Matrix logits, double ridge) {
        SymmetricEigen eigen = SymmetricEigen.of(logits);
        this.inputs = inputs;
        this.outer = eigen.vectors();
        int c = eigen.values().length;
        int d = inputs.values().length;
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
    public double[] diagonal() {
        return diagonal;
    }

    /** The coordinates of a vector of p values, laid out logit by logit. */
    public double[] toCoordinates(double[] v, Workers workers) {
        Matrix rows = Dense.multiply(outer, asMatrix(v), workers);
        Matrix vectors = inputs.vectors();
        return (vectors == null ? rows : Dense.multiplyTransposed(rows, vectors, workers)).values();
    }

    /** The opposite of {@link #toCoordinates}. */
    public double[] fromCoordinates(double[] coordinates, Workers workers) {
        Matrix rows = Dense.multiply(outer.transpose(), asMatrix(coordinates), workers);
        Matrix vectors = inputs.vectors();
        return (vectors == null ? rows : Dense.multiply(rows, vectors, workers)).values();
    }

    private Matrix asMatrix(double[] v) {
        return new Matrix(outer.rows(), inputs.values().length, v);
    }
}
