package dev.assay.model;

/**
 * Cross-entropy of two classes on one logit, the log-odds of class 1: l = log(1 + exp(z)) - y z. r = P - y, Lambda = P (1
 * - P) with P = 1 / (1 + exp(-z)).
 *
 * <p>With ridge lambda / 2 it has the minimiser (up to the redundant direction) and the influences of a two-logit
 * softmax with ridge lambda.
 */
public record LogisticLoss() implements Loss {
    @Override
    public int logits() {
        return 1;
    }

    @Override
    public int outputCount() {
        return 2;
    }

    @Override
    public double value(double[] z, int offset, double target) {
        double margin = target == 1 ? z[offset] : -z[offset];
        return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    }

    private static double probability(double z) {
        if (z >= 0) {
            return 1 / (1 + Math.exp(-z));
        }
        double exponential = Math.exp(z);
        return exponential / (1 + exponential);
    }

    @Override
    public void outputs(double[] z, int offset, double[] out, int outOffset) {
        out[outOffset] = probability(-z[offset]);
        out[outOffset + 1] = probability(z[offset]);
    }

    @Override
    public void residual(double[] z, int offset, double target, double[] out, int outOffset) {
        // 1 - P as P(-z), which keeps its digits where P is close to 1
        out[outOffset] = target == 1 ? -probability(-z[offset]) : probability(z[offset]);
    }

    @Override
    public void curvature(double[] z, int offset, double target, double[] out, int outOffset) {
        out[outOffset] = probability(z[offset]) * probability(-z[offset]);
    }

    @Override
    public void curvatureDerivative(
            double[] z,
            int offset,
            double target,
            double[] direction,
            int directionOffset,
            double[] out,
            int outOffset) {
        double p = probability(z[offset]);
        double q = probability(-z[offset]);
        out[outOffset] = p * q * (q - p) * direction[directionOffset];
    }

    @Override
    public void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        double p = probability(z[offset]);
        double q = probability(-z[offset]);
        out[outOffset] = p * q * ((q - p) * (q - p) - 2 * p * q) * matrix[matrixOffset];
    }
}
