package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Dense.Form;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/** Products of whole batches, one matrix product each. */
final class DenseRows implements BatchProducts {
    private final Matrix features;
    private final int logitCount;
    private Batch batch = new Batch(new Matrix(0, 0), new Matrix(0, 0));

    /** A copy of the rows of a batch, and room for its logits or residuals. */
    private record Batch(Matrix rows, Matrix outputs) {}

    DenseRows(Matrix features, int logitCount) {
        this.features = features;
        this.logitCount = logitCount;
    }

    @Override
    public void logits(int from, int to, double[] theta, double[] logits, Workers workers) {
        Batch current = copy(from, to);
        Matrix parameters = new Matrix(logitCount, features.columns(), theta);
        Dense.multiply(1, current.rows, Form.AS_IS, parameters, Form.TRANSPOSED, 0, current.outputs, workers);
        System.arraycopy(current.outputs.values(), 0, logits, 0, current.outputs.values().length);
    }

    @Override
    public void addGradient(int from, int to, double[] residuals, double[] gradient, Workers workers) {
        Batch current = copy(from, to);
        System.arraycopy(residuals, 0, current.outputs.values(), 0, current.outputs.values().length);
        Matrix sum = new Matrix(logitCount, features.columns(), gradient);
        Dense.multiply(1, current.outputs, Form.TRANSPOSED, current.rows, Form.AS_IS, 1, sum, workers);
    }

    private Batch copy(int from, int to) {
        if (batch.rows.rows() != to - from) {
            // the last batch of an epoch is shorter
            batch = new Batch(new Matrix(to - from, features.columns()), new Matrix(to - from, logitCount));
        }
        Matrix rows = batch.rows;
        System.arraycopy(features.values(), features.offset(from), rows.values(), 0, rows.values().length);
        return batch;
    }
}
