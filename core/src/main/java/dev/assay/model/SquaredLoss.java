package dev.assay.model;

/** Half the squared error on one output: l = (z - y)^2 / 2, r = z - y, Lambda = 1, no third derivative. */
public record SquaredLoss() implements Loss {
    @Override
    public int logits() {
        return 1;
    }

    @Override
    public int outputCount() {
        return 1;
    }

    @Override
    public double value(double[] z, int offset, double target) {
        double error = z[offset] - target;
        return 0.5 * error * error;
    }

    @Override
    public void residual(double[] z, int offset, double target, double[] out, int outOffset) {
        out[outOffset] = z[offset] - target;
    }

    @Override
    public void curvature(double[] z, int offset, double target, double[] out, int outOffset) {
        out[outOffset] = 1;
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
        out[outOffset] = 0;
    }

    @Override
    public void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        out[outOffset] = 0;
    }

    @Override
    public void outputs(double[] z, int offset, double[] out, int outOffset) {
        out[outOffset] = z[offset];
    }
}
