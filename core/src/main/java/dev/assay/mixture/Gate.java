package dev.assay.mixture;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.SoftmaxLoss;
import dev.assay.work.Workers;

/**
 * Shares of blocks 1 to K that depend on x: g_k(x) in proportion to s_k exp(theta_k' x), block 0 left aside. {@link GateFit} fits one.
 *
 * @param logShares log s_k, to which a large ridge draws the gate back
 * @param theta K x d
 */
public record Gate(double[] logShares, Matrix theta) {
    /** log g_k(x), n x K. */
    public Matrix logShares(Matrix x, Workers workers) {
        LinearModel model = new LinearModel(new SoftmaxLoss(logShares.length), theta.columns(), theta.values());
        Matrix logits = model.logits(x, workers);
        for (int i = 0; i < logits.rows(); i++) {
            for (int b = 0; b < logShares.length; b++) {
                logits.set(i, b, logits.get(i, b) + logShares[b]);
            }
        }
        LogSumExp.normaliseRows(logits);
        return logits;
    }
}
