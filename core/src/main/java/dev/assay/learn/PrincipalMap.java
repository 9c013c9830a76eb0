package dev.assay.learn;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.PrincipalDirections;
import dev.assay.work.Workers;

/**
 * The coordinates along the leading principal directions of X, the bias being one of its columns: a rotation under which a
 * ridge stays what it is, and the fewer parameters of a wide data set.
 *
 * @param directions r x d, orthonormal rows, most important first
 */
public record PrincipalMap(Matrix directions) implements FeatureMap {
    /** The leading directions of x, at most {@code count}; O(min(n, d)^2 max(n, d)). */
    public static PrincipalMap of(Matrix x, int count, Workers workers) {
        return new PrincipalMap(PrincipalDirections.of(x, count, workers));
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

    /** O(C d (r + n)). */
    @Override
    public Matrix combine(Matrix x, Matrix weights, Workers workers) {
        return Dense.multiplyTransposed(x, Dense.multiply(weights, directions, workers), workers);
    }
}
