package dev.assay.influence;

import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;

/** Gradients g_i = r_i (x) x_i of single examples, formed a block of rows at a time. */
public final class Gradients {
    private Gradients() {}

    /** The gradients of the examples from (included) to to (excluded), one row of p values each; without weights. */
    public static Matrix rows(Linearization at, int from, int to) {
        return rows(at, range(from, to));
    }

    /** The gradients of the given examples, one row of p values each; without weights. */
    public static Matrix rows(Linearization at, int[] examples) {
        return scaledRows(at, examples, false);
    }

    /** Row by row sqrt(w_i) g_i, so that the sum of the outer products is weighted. */
    public static Matrix weightedRows(Linearization at, int from, int to) {
        return scaledRows(at, range(from, to), true);
    }

    private static int[] range(int from, int to) {
        int[] result = new int[to - from];
        for (int k = 0; k < result.length; k++) {
            result[k] = from + k;
        }
        return result;
    }

    private static Matrix scaledRows(Linearization at, int[] examples, boolean weighted) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        double[] weights = at.objective().data().weights();
        int d = x.columns();
        int c = residuals.columns();
        Matrix result = new Matrix(examples.length, c * d);
        for (int k = 0; k < examples.length; k++) {
            int i = examples[k];
            double scale = weighted ? Math.sqrt(weights[i]) : 1;
            for (int a = 0; a < c; a++) {
                scaledCopy(scale * residuals.get(i, a), x, i, result, result.offset(k) + a * d);
            }
        }
        return result;
    }

    private static void scaledCopy(double scale, Matrix x, int row, Matrix target, int at) {
        int source = x.offset(row);
        for (int j = 0; j < x.columns(); j++) {
            target.values()[at + j] = scale * x.values()[source + j];
        }
    }

    /** The gradient of one example, p values. */
    public static double[] of(Linearization at, int index) {
        return rows(at, index, index + 1).values();
    }
}
