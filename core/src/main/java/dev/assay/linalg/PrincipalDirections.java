package dev.assay.linalg;

import dev.assay.work.Workers;

/** The directions in which the rows of a matrix reach farthest from zero. */
public final class PrincipalDirections {
    private static final double SMALLEST_EIGENVALUE = 1e-10;

    private PrincipalDirections() {}

    /**
     * The leading right singular vectors of x, at most {@code count}; O(min(n, d)^2 max(n, d)).
     *
     * @return r x d, orthonormal rows, most important first
     */
    public static Matrix of(Matrix x, int count, Workers workers) {
        if (x.rows() >= x.columns()) {
            SymmetricEigen eigen = SymmetricEigen.of(Dense.gram(x, null, workers));
            return eigen.vectors().selectRows(eigen.leading(count, SMALLEST_EIGENVALUE));
        }
        SymmetricEigen eigen = SymmetricEigen.of(Dense.multiplyTransposed(x, x, workers));
        int[] leading = eigen.leading(count, SMALLEST_EIGENVALUE);
        Matrix left = eigen.vectors().selectRows(leading);
        for (int k = 0; k < leading.length; k++) {
            double length = Math.sqrt(eigen.values()[leading[k]]);
            for (int i = 0; i < left.columns(); i++) {
                left.set(k, i, left.get(k, i) / length);
            }
        }
        return Dense.multiply(left, x, workers);
    }
}
