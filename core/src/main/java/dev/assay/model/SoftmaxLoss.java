package dev.assay.model;

import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import java.util.Arrays;

/**
 * Cross-entropy of the softmax of C logits, one per class: l = log sum_c exp(z_c) - z_y. r = P - onehot(y), Lambda =
 * diag(P) - P P'.
 *
 * @param logits number of classes, at least 2
 */
public record SoftmaxLoss(int logits) implements Loss {
    /**
     * Checks the number of classes.
     *
     * @throws IllegalArgumentException if it is below 2
     */
    public SoftmaxLoss {
        if (logits < 2) {
            throw new IllegalArgumentException("softmax regression needs at least 2 classes, got " + logits);
        }
    }

    @Override
    public int outputCount() {
        return logits;
    }

    @Override
    public double value(double[] z, int offset, double target) {
        double largest = largest(z, offset);
        double sum = 0;
        for (int c = 0; c < logits; c++) {
            sum += Math.exp(z[offset + c] - largest);
        }
        return Math.log(sum) + largest - z[offset + (int) target];
    }

    private double largest(double[] z, int offset) {
        double largest = z[offset];
        for (int c = 1; c < logits; c++) {
            largest = Math.max(largest, z[offset + c]);
        }
        return largest;
    }

    @Override
    public void outputs(double[] z, int offset, double[] out, int outOffset) {
        double largest = largest(z, offset);
        double sum = 0;
        for (int c = 0; c < logits; c++) {
            double exponential = Math.exp(z[offset + c] - largest);
            out[outOffset + c] = exponential;
            sum += exponential;
        }
        for (int c = 0; c < logits; c++) {
            out[outOffset + c] /= sum;
        }
    }

    @Override
    public void residual(double[] z, int offset, double target, double[] out, int outOffset) {
        outputs(z, offset, out, outOffset);
        out[outOffset + (int) target] -= 1;
    }

    @Override
    public void curvature(double[] z, int offset, double target, double[] out, int outOffset) {
        double[] p = new double[logits];
        outputs(z, offset, p, 0);
        for (int a = 0; a < logits; a++) {
            for (int b = 0; b < logits; b++) {
                out[outOffset + a * logits + b] = -p[a] * p[b];
            }
            out[outOffset + a * logits + a] += p[a];
        }
    }

    /** diag(sum w P) - sum w P P', the latter as one product. */
    @Override
    public void addCurvatures(Matrix z, Targets targets, double[] weights, int from, int to, Matrix sum) {
        Matrix probabilities = new Matrix(to - from, logits);
        Matrix weighted = new Matrix(to - from, logits);
        for (int i = from; i < to; i++) {
            int at = probabilities.offset(i - from);
            outputs(z.values(), z.offset(i), probabilities.values(), at);
            for (int c = 0; c < logits; c++) {
                double share = weights[i] * probabilities.values()[at + c];
                weighted.values()[at + c] = -share;
                sum.values()[c * logits + c] += share;
            }
        }
        Dense.addTransposedProduct(weighted, probabilities, 0, to - from, sum);
    }

    /** P * (a - P'a), with P = r + onehot(y). */
    @Override
    public void curve(
            double[] z,
            int offset,
            double target,
            double[] residual,
            int residualOffset,
            double[] changes,
            int at,
            int count) {
        double[] p = Arrays.copyOfRange(residual, residualOffset, residualOffset + logits);
        p[(int) target] += 1;
        for (int k = 0; k < count; k++) {
            int start = at + k * logits;
            double mean = Dense.dot(changes, start, p, 0, logits);
            for (int c = 0; c < logits; c++) {
                changes[start + c] = p[c] * (changes[start + c] - mean);
            }
        }
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
        double[] p = new double[logits];
        outputs(z, offset, p, 0);
        double mean = 0;
        for (int c = 0; c < logits; c++) {
            mean += p[c] * direction[directionOffset + c];
        }
        double[] change = new double[logits];
        for (int c = 0; c < logits; c++) {
            change[c] = p[c] * (direction[directionOffset + c] - mean);
        }
        for (int a = 0; a < logits; a++) {
            for (int b = 0; b < logits; b++) {
                out[outOffset + a * logits + b] = -change[a] * p[b] - p[a] * change[b];
            }
            out[outOffset + a * logits + a] += change[a];
        }
    }

    @Override
    public boolean isShiftInvariant() {
        return true;
    }

    /**
     * The fourth joint cumulant of the one-hot label under P, contracted with Q: E[(u'Qu) u u'] - tr(Q Lambda) Lambda - 2
     * Lambda Q Lambda, where u is the one-hot label minus P.
     */
    @Override
    public void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset) {
        double[] p = new double[logits];
        outputs(z, offset, p, 0);
        double[] matrixTimesP = new double[logits];
        double quadratic = 0;
        for (int a = 0; a < logits; a++) {
            for (int b = 0; b < logits; b++) {
                matrixTimesP[a] += matrix[matrixOffset + a * logits + b] * p[b];
            }
            quadratic += p[a] * matrixTimesP[a];
        }
        // weighted_k = P_k u_k' Q u_k with u_k the deviation when the label is k
        double[] weighted = new double[logits];
        double trace = 0;
        for (int k = 0; k < logits; k++) {
            weighted[k] = p[k] * (matrix[matrixOffset + k * logits + k] - 2 * matrixTimesP[k] + quadratic);
            trace += weighted[k];
        }
        for (int a = 0; a < logits; a++) {
            for (int b = 0; b < logits; b++) {
                double lambdaQLambda = p[a]
                        * p[b]
                        * (matrix[matrixOffset + a * logits + b] - matrixTimesP[a] - matrixTimesP[b] + quadratic);
                double lambda = (a == b ? p[a] : 0) - p[a] * p[b];
                double fourth =
                        (a == b ? weighted[a] : 0) - weighted[a] * p[b] - p[a] * weighted[b] + trace * p[a] * p[b];
                out[outOffset + a * logits + b] = fourth - trace * lambda - 2 * lambdaQLambda;
            }
        }
    }
}
