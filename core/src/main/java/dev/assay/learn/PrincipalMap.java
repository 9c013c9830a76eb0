package dev.assay.learn;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.SymmetricEigen;
import dev.assay.work.Workers;

/**
 * The coordinates along the leading principal directions of X, the bias being one of its columns: a rotation under which a
 * ridge stays what it is, and the fewer parameters of a wide data set.
 *
 * @param directions r x d, orthonormal rows, most important first
 */
public record PrincipalMap(Matrix directions) implements FeatureMap {
    private static final double SMALLEST_EIGENVALUE = 1e-10;

    /** The leading directions of x, at most {@code count}; O(min(n, d)^2 max(n, d)). */
    public static PrincipalMap of(Matrix x, int count, Workers workers) {
        if (x.rows() >= x.columns()) {
            SymmetricEigen eigen = SymmetricEigen.of(Dense.gram(x, null, workers));
            int[] leading = RadialMap.leading(eigen.values(), count, SMALLEST_EIGENVALUE);
            return new PrincipalMap(eigen.vectors().selectRows(leading));
        }
        SymmetricEigen eigen = SymmetricEigen.of(Dense.multiplyTransposed(x, x, workers));
        int[] leading = RadialMap.leading(eigen.values(), count, SMALLEST_EIGENVALUE);
        Matrix left = eigen.vectors().selectRows(leading);
        for (int k = 0; k < leading.length; k++) {
            double length = Math.sqrt(eigen.values()[leading[k]]);
            for (int i = 0; i < left.columns(); i++) {
                left.set(k, i, left.get(k, i) / length);
            }
        }
        return new PrincipalMap(Dense.multiply(left, x, workers));
    }

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public int inputDimension() {
        return directions.columns();
    }

    @Override
    public int outputDimension() {
        return directions.rows();
    }

    @Override
    public Matrix apply(Matrix x, Workers workers) {
        return Dense.multiplyTransposed(x, directions, workers);
    }
}
