package dev.assay.onnx;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.Value;

/** Squared lengths of rows. */
final class SquaredNorms {
    private SquaredNorms() {}

    /** n x 1. */
    static Value ofRows(Value x) {
        return x.times(x).rowSums();
    }

    /** One for each row. */
    static double[] ofRows(Matrix matrix) {
        double[] result = new double[matrix.rows()];
        for (int i = 0; i < result.length; i++) {
            int at = matrix.offset(i);
            result[i] = Dense.dot(matrix.values(), at, matrix.values(), at, matrix.columns());
        }
        return result;
    }
}
