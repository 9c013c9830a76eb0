package dev.assay.model;

import dev.assay.data.ClassTargets;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;

/**
 * The loss of one example as a function of its C logits z = Theta x: all that a generalised linear model needs to say of
 * itself. Everything else - gradient r (x) x, Hessian Lambda (x) x x', third derivative - follows.
 *
 * <p>Losses are in nats, lower is better. Implementations are immutable and stateless.
 */
public interface Loss {
    /** C, the number of logits. */
    int logits();

    /** Number of outputs of {@link #outputs}: classes, or 1 for regression. */
    int outputCount();

    /** l(z, target): target is a class code or a real target. */
    double value(double[] z, int offset, double target);

    /** r = dl/dz, C values, written to {@code out[outOffset..]}. */
    void residual(double[] z, int offset, double target, double[] out, int outOffset);

    /** Lambda = d2l/dz2, symmetric C x C, row by row, written to {@code out[outOffset..]}. */
    void curvature(double[] z, int offset, double target, double[] out, int outOffset);

    /**
     * Replaces {@code count} vectors a of C values, one after the other from {@code changes[at..]} on, by Lambda a. O(count C^2);
     * a loss whose Lambda has a structure does it in O(count C).
     *
     * @param residual r of the same example, which is at hand wherever curvatures are asked for
     */
    default void curve(
            double[] z,
            int offset,
            double target,
            double[] residual,
            int residualOffset,
            double[] changes,
            int at,
            int count) {
        int c = logits();
        double[] curvature = new double[c * c];
        curvature(z, offset, target, curvature, 0);
        double[] old = new double[c];
        for (int k = 0; k < count; k++) {
            int start = at + k * c;
            System.arraycopy(changes, start, old, 0, c);
            for (int a = 0; a < c; a++) {
                changes[start + a] = Dense.dot(curvature, a * c, old, 0, c);
            }
        }
    }

    /**
     * Adds w_i Lambda_i of the examples from (included) to to (excluded) to a C x C sum; O(C^2) an example.
     *
     * @param logits n x C
     * @param targets n class codes or real targets
     */
    default void addCurvatures(Matrix logits, Targets targets, double[] weights, int from, int to, Matrix sum) {
        Matrix one = new Matrix(logits(), logits());
        for (int i = from; i < to; i++) {
            curvature(logits.values(), logits.offset(i), targets.value(i), one.values(), 0);
            Dense.add(weights[i], one.values(), sum.values());
        }
    }

    /**
     * The directional derivative of Lambda along a change {@code direction[directionOffset..]} of the logits: the third
     * derivative of the loss contracted once, symmetric C x C, written to {@code out[outOffset..]}.
     */
    void curvatureDerivative(
            double[] z,
            int offset,
            double target,
            double[] direction,
            int directionOffset,
            double[] out,
            int outOffset);

    /**
     * The fourth derivative of the loss contracted with a symmetric C x C {@code matrix[matrixOffset..]}: entry (a, b) is
     * sum_cd matrix_cd d4l / dz_a dz_b dz_c dz_d, symmetric C x C, written to {@code out[outOffset..]}.
     */
    void curvatureSecondDerivative(
            double[] z, int offset, double target, double[] matrix, int matrixOffset, double[] out, int outOffset);

    /**
     * Whether the loss stays the same when the same number is added to all logits, so that one of the C directions of
     * logit space carries no information and C - 1 logits would do.
     */
    default boolean isShiftInvariant() {
        return false;
    }

    /** Class probabilities, or the predicted (standardised) value for regression, written to {@code out[outOffset..]}. */
    void outputs(double[] z, int offset, double[] out, int outOffset);

    /**
     * The loss for these targets: one logit for two classes, softmax for more, half the squared error for real targets.
     */
    static Loss forTargets(Targets targets) {
        if (targets instanceof ClassTargets classTargets) {
            return classTargets.classes() == 2 ? new LogisticLoss() : new SoftmaxLoss(classTargets.classes());
        }
        if (targets instanceof RealTargets) {
            return new SquaredLoss();
        }
        throw new IllegalArgumentException("no loss for " + targets.getClass());
    }
}
