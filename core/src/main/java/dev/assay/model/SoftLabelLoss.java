package dev.assay.model;

import dev.assay.linalg.Matrix;

/**
 * Cross-entropy between soft labels - masses of K blocks - and shares: l_i = -sum_k m_ik log g_k, with g_k in proportion to shares_k exp(z_k).
 * The "target" of an example is its row in the masses, which need not add up to 1: a row that belongs to no block costs
 * nothing. With two blocks there is one logit, that of the second.
 *
 * @param masses m, n x K
 * @param logShares log of the shares, K values
 */
public record SoftLabelLoss(Matrix masses, double[] logShares) implements Loss {
    @Override
    public int logits() {
        return logShares.length == 2 ? 1 : logShares.length;
    }

    @Override
    public int outputCount() {
        return logShares.length;
    }

    /** All K logits with the logarithms of the shares added. */
    private double[] moved(double[] z, int offset) {
        double[] result = logShares.clone();
        int first = result.length - logits();
        for (int k = first; k < result.length; k++) {
            result[k] += z[offset + k - first];
        }
        return result;
    }

    private SoftmaxLoss softmax() {
        return new SoftmaxLoss(logShares.length);
    }

    private double mass(int row) {
        double sum = 0;
        for (int k = 0; k < logShares.length; k++) {
            sum += masses.get(row, k);
        }
        return sum;
    }

    @Override
    public double value(double[] z, int offset, double target) {
        int row = (int) target;
        double[] moved = moved(z, offset);
        // log of the normaliser is that of class 0's loss plus its logit
        double normaliser = softmax().value(moved, 0, 0) + moved[0];
        double value = mass(row) * normaliser;
        for (int k = 0; k < moved.length; k++) {
            value -= masses.get(row, k) * moved[k];
        }
        return value;
    }

    @Override
    public void residual(double[] z, int offset, double target, double[] out, int outOffset) {
        int row = (int) target;
        double[] g = new double[logShares.length];
        outputs(z, offset, g, 0);
        double mass = mass(row);
        int first = g.length - logits();
        for (int k = first; k < g.length; k++) {
            out[outOffset + k - first] = mass * g[k] - masses.get(row, k);
        }
    }

    @Override
    public void curvature(double[] z, int offset, double target, double[] out, int outOffset) {
        double[] full = new double[logShares.length * logShares.length];
        softmax().curvature(moved(z, offset), 0, 0, full, 0);
        write(full, (int) target, out, outOffset);
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
        int blocks = logShares.length;
        double[] along = new double[blocks];
        System.arraycopy(direction, directionOffset, along, blocks - logits(), logits());
        double[] full = new double[blocks * blocks];
        softmax().curvatureDerivative(moved(z, offset), 0, 0, along, 0, full, 0);
        write(full, (int) target, out, outOffset);
    }

    @Override
    public void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        int blocks = logShares.length;
        int first = blocks - logits();
        double[] contracted = new double[blocks * blocks];
        for (int a = first; a < blocks; a++) {
            System.arraycopy(matrix, matrixOffset + (a - first) * logits(), contracted, a * blocks + first, logits());
        }
        double[] full = new double[blocks * blocks];
        softmax().curvatureSecondDerivative(moved(z, offset), 0, 0, contracted, 0, full, 0);
        write(full, (int) target, out, outOffset);
    }

    /** Copies the part of the free logits, times the row's mass. */
    private void write(double[] full, int row, double[] out, int outOffset) {
        int blocks = logShares.length;
        int free = logits();
        double mass = mass(row);
        for (int a = 0; a < free; a++) {
            for (int b = 0; b < free; b++) {
                out[outOffset + a * free + b] = mass * full[(a + blocks - free) * blocks + b + blocks - free];
            }
        }
    }

    @Override
    public boolean isShiftInvariant() {
        return logShares.length > 2;
    }

    @Override
    public void outputs(double[] z, int offset, double[] out, int outOffset) {
        softmax().outputs(moved(z, offset), 0, out, outOffset);
    }
}
