package dev.assay.influence;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * The gradients g_i = r_i (x) x_i of a linear predictor z_i = Theta x_i, p = C d: inputs and residuals are kept (n x d and n x C),
 * gradients never are.
 */
abstract class LinearGradients implements GradientOperators {
    private static final int ROWS = 256;

    private final Linearization at;

    LinearGradients(Linearization at) {
        this.at = at;
    }

    /** The linearised objective whose gradients these are. */
    final Linearization linearization() {
        return at;
    }

    @Override
    public final int size() {
        return at.objective().data().size();
    }

    @Override
    public final int dimension() {
        return at.objective().parameters();
    }

    @Override
    public final double[] weights() {
        return at.objective().data().weights();
    }

    /** Writes scale r_i (x) x_i into a row. */
    final void writeGradient(int example, double scale, Matrix rows, int row) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        int d = x.columns();
        int source = x.offset(example);
        for (int a = 0; a < residuals.columns(); a++) {
            double factor = scale * residuals.get(example, a);
            int target = rows.offset(row) + a * d;
            for (int j = 0; j < d; j++) {
                rows.values()[target + j] = factor * x.values()[source + j];
            }
        }
    }

    @Override
    public final Matrix combinations(Matrix factors, Workers workers) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        int c = residuals.columns();
        int width = factors.rows() * c;
        Matrix sum = workers.reduce(
                x.rows(),
                ROWS,
                () -> new Matrix(width, x.columns()),
                (result, from, to) -> {
                    Matrix scaled = new Matrix(to - from, width);
                    for (int i = from; i < to; i++) {
                        int start = scaled.offset(i - from);
                        for (int k = 0; k < factors.rows(); k++) {
                            for (int a = 0; a < c; a++) {
                                scaled.values()[start + k * c + a] = factors.get(k, i) * residuals.get(i, a);
                            }
                        }
                    }
                    Dense.addTransposedProduct(scaled, x, from, to, result);
                },
                (left, right) -> {
                    Dense.add(1, right.values(), left.values());
                    return left;
                });
        return new Matrix(factors.rows(), c * x.columns(), sum.values());
    }

    @Override
    public final Matrix products(Matrix vectors, Workers workers) {
        Matrix x = at.objective().data().features();
        Matrix residuals = at.residuals();
        int c = residuals.columns();
        Matrix columns = new Matrix(vectors.rows() * c, x.columns(), vectors.values()).transpose();
        Matrix result = new Matrix(x.rows(), vectors.rows());
        workers.forEachBlock(x.rows(), ROWS, (from, to) -> {
            Matrix changes = new Matrix(to - from, columns.columns());
            Dense.multiplyRows(x, from, to, columns, 0, changes);
            for (int i = from; i < to; i++) {
                int change = changes.offset(i - from);
                int residual = residuals.offset(i);
                for (int k = 0; k < vectors.rows(); k++) {
                    result.set(i, k, Dense.dot(changes.values(), change + k * c, residuals.values(), residual, c));
                }
            }
        });
        return result;
    }
}
