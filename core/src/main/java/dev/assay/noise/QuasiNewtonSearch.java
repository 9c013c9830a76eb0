package dev.assay.noise;

import dev.assay.linalg.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * L-BFGS of one expert of {@link FoldExperts}, which is told the loss at the point that it asks for: so that many of them can share the
 * passes over the data. The loss is the mean over the rows plus (ridge/2) |theta|^2.
 */
final class QuasiNewtonSearch {
    private static final int MEMORY = 5;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SHORTEST_STEP = 1e-3;
    /** Of a class, in the preconditioner: one of which everything is certain may become less so. */
    private static final double LEAST_CURVATURE = 0.02;

    private static final double SMALLEST_CURVATURE = 1e-12;

    private final double[] squares;
    private final int outputs;
    private final double ridge;
    private final double total;
    private final double[] diagonal;
    private final double[] preconditioner;
    private final double tolerance;
    private final int limit;
    private final List<double[]> steps = new ArrayList<>();
    private final List<double[]> turns = new ArrayList<>();
    private double[] at;
    private double value = Double.POSITIVE_INFINITY;
    private double[] gradient = new double[0];
    private double[] direction = new double[0];
    private double slope;
    private double length;
    private int taken;

    QuasiNewtonSearch(
            double[] start, double[] squares, int outputs, double ridge, double total, double tolerance, int limit) {
        this.at = start;
        this.squares = squares;
        this.outputs = outputs;
        this.ridge = ridge;
        this.total = total;
        this.diagonal = new double[start.length];
        this.preconditioner = new double[start.length];
        double curvature = FoldExperts.curvature(outputs);
        Arrays.setAll(diagonal, k -> Math.max(SMALLEST_CURVATURE, ridge + curvature * squares[k % squares.length]));
        this.tolerance = tolerance;
        this.limit = limit;
    }

    double[] best() {
        return at;
    }

    /** Where the loss is to be evaluated next. */
    double[] trial() {
        double[] result = at.clone();
        if (direction.length > 0) {
            Dense.add(length, direction, result);
        }
        return result;
    }

    /**
     * Takes the sums at the trial point.
     *
     * @param curvatures sum of p (1 - p) of each class
     * @return whether there is another point to try
     */
    boolean accept(double loss, double[] sums, double[] curvatures) {
        double[] here = trial();
        double next = (total > 0 ? loss / total : 0) + ridge / 2 * Dense.dot(here, here);
        for (int j = 0; j < sums.length; j++) {
            sums[j] = (total > 0 ? sums[j] / total : 0) + ridge * here[j];
        }
        if (direction.length > 0) {
            if (!(next <= value + SUFFICIENT_DECREASE * length * slope)) {
                length /= 2;
                return length > SHORTEST_STEP;
            }
            remember(sums);
        }
        precondition(curvatures);
        at = here;
        value = next;
        gradient = sums;
        taken++;
        if (norm() <= tolerance * Math.min(1, Math.sqrt(Math.max(0, value))) || taken > limit) {
            return false;
        }
        direction = direction();
        slope = Dense.dot(gradient, direction);
        length = 1;
        return slope < 0;
    }

    private void remember(double[] nextGradient) {
        double[] step = direction.clone();
        double[] turn = nextGradient.clone();
        for (int j = 0; j < step.length; j++) {
            step[j] *= length;
            turn[j] -= gradient[j];
        }
        // the loss seen through transitions is not convex: a step along which the gradient does not grow teaches
        // nothing
        if (Dense.dot(step, turn) > 1e-14) {
            steps.add(step);
            turns.add(turn);
            if (steps.size() > MEMORY) {
                steps.remove(0);
                turns.remove(0);
            }
        }
    }

    private void precondition(double[] curvatures) {
        int d = squares.length;
        for (int c = 0; c < outputs; c++) {
            double curvature = outputs == 1 ? 1 : Math.max(LEAST_CURVATURE, total > 0 ? curvatures[c] / total : 0);
            for (int j = 0; j < d; j++) {
                preconditioner[c * d + j] = Math.max(SMALLEST_CURVATURE, ridge + curvature * squares[j]);
            }
        }
    }

    /** Norm of the gradient by the inverse of the diagonal. */
    private double norm() {
        double sum = 0;
        for (int j = 0; j < gradient.length; j++) {
            sum += gradient[j] * gradient[j] / diagonal[j];
        }
        return Math.sqrt(sum);
    }

    private double[] direction() {
        double[] q = gradient.clone();
        double[] factors = new double[steps.size()];
        for (int k = steps.size() - 1; k >= 0; k--) {
            factors[k] = Dense.dot(steps.get(k), q) / Dense.dot(steps.get(k), turns.get(k));
            Dense.add(-factors[k], turns.get(k), q);
        }
        double scale = 1;
        if (!steps.isEmpty()) {
            double[] step = steps.get(steps.size() - 1);
            double[] turn = turns.get(turns.size() - 1);
            double squares = 0;
            for (int j = 0; j < turn.length; j++) {
                squares += turn[j] * turn[j] / preconditioner[j];
            }
            scale = Dense.dot(step, turn) / squares;
        }
        for (int j = 0; j < q.length; j++) {
            q[j] *= scale / preconditioner[j];
        }
        for (int k = 0; k < steps.size(); k++) {
            double back = Dense.dot(turns.get(k), q) / Dense.dot(steps.get(k), turns.get(k));
            Dense.add(factors[k] - back, steps.get(k), q);
        }
        for (int j = 0; j < q.length; j++) {
            q[j] = -q[j];
        }
        return q;
    }
}
