package dev.assay.onnx;

import dev.assay.onnx.graph.Value;
import java.util.Arrays;

/** Scores of the blocks, n x K, as log-probabilities. */
final class LogShares {
    private LogShares() {}

    /** log of g_k exp(s_k), normalised. */
    static Value of(Value scores, double[] shares) {
        // first to the size of the shares: next to a large number their logarithms would be lost
        Value level = scores.minus(scores.rowMaxima());
        return level.plus(
                        scores.graph().row(Arrays.stream(shares).map(Math::log).toArray()))
                .logSoftmax();
    }

    /** log of g_k exp(b_k + a s_k), normalised. */
    static Value of(Value scores, double[] shares, double[] offsets, double sharpness) {
        double[] factors = new double[shares.length];
        Arrays.fill(factors, sharpness);
        // a row: scores may be a matrix product, which a number would make inexact
        return of(scores.times(scores.graph().row(factors)).plus(scores.graph().row(offsets)), shares);
    }
}
