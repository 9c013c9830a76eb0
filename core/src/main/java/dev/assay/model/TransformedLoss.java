package dev.assay.model;

import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;

/**
 * A loss whose logits are z = T u: a model of u with the ridge |u|^2 is a model of z with the ridge z' (T T')^+ z. So a
 * ridge can be weak along some directions of logit space and strong along others.
 *
 * @param base the loss of z
 * @param transform T, C x m
 */
public record TransformedLoss(Loss base, Matrix transform) implements Loss {
    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if T does not have a row for each logit of the base
     */
    public TransformedLoss {
        if (transform.rows() != base.logits()) {
            throw new IllegalArgumentException(
                    "the transform has " + transform.rows() + " rows, expected " + base.logits());
        }
    }

    @Override
    public int logits() {
        return transform.columns();
    }

    @Override
    public int outputCount() {
        return base.outputCount();
    }

    @Override
    public double value(double[] z, int offset, double target) {
        return base.value(transformed(z, offset), 0, target);
    }

    @Override
    public void residual(double[] z, int offset, double target, double[] out, int outOffset) {
        double[] residual = new double[base.logits()];
        base.residual(transformed(z, offset), 0, target, residual, 0);
        int m = transform.columns();
        for (int a = 0; a < m; a++) {
            double sum = 0;
            for (int c = 0; c < residual.length; c++) {
                sum += transform.get(c, a) * residual[c];
            }
            out[outOffset + a] = sum;
        }
    }

    @Override
    public void curvature(double[] z, int offset, double target, double[] out, int outOffset) {
        double[] curvature = new double[base.logits() * base.logits()];
        base.curvature(transformed(z, offset), 0, target, curvature, 0);
        back(curvature, out, outOffset);
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
        double[] derivative = new double[base.logits() * base.logits()];
        base.curvatureDerivative(
                transformed(z, offset), 0, target, transformed(direction, directionOffset), 0, derivative, 0);
        back(derivative, out, outOffset);
    }

    @Override
    public void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        int count = base.logits();
        int m = transform.columns();
        double[] half = new double[count * m];
        for (int a = 0; a < count; a++) {
            for (int k = 0; k < m; k++) {
                for (int l = 0; l < m; l++) {
                    half[a * m + l] += transform.get(a, k) * matrix[matrixOffset + k * m + l];
                }
            }
        }
        double[] forward = new double[count * count];
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                forward[a * count + b] = Dense.dot(half, a * m, transform.values(), transform.offset(b), m);
            }
        }
        double[] derivative = new double[count * count];
        base.curvatureSecondDerivative(transformed(z, offset), 0, target, forward, 0, derivative, 0);
        back(derivative, out, outOffset);
    }

    @Override
    public void outputs(double[] z, int offset, double[] out, int outOffset) {
        base.outputs(transformed(z, offset), 0, out, outOffset);
    }

    /** T u. */
    private double[] transformed(double[] u, int offset) {
        int m = transform.columns();
        double[] z = new double[transform.rows()];
        for (int c = 0; c < z.length; c++) {
            z[c] = Dense.dot(transform.values(), transform.offset(c), u, offset, m);
        }
        return z;
    }

    /** T' A T. */
    private void back(double[] matrix, double[] out, int outOffset) {
        int count = base.logits();
        int m = transform.columns();
        double[] half = new double[count * m];
        for (int a = 0; a < count; a++) {
            for (int c = 0; c < count; c++) {
                double entry = matrix[a * count + c];
                for (int l = 0; l < m; l++) {
                    half[a * m + l] += entry * transform.get(c, l);
                }
            }
        }
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                double sum = 0;
                for (int a = 0; a < count; a++) {
                    sum += transform.get(a, k) * half[a * m + l];
                }
                out[outOffset + k * m + l] = sum;
            }
        }
    }
}
