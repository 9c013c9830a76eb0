package dev.assay.model;

import dev.assay.engine.Engine;
import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * {@link NewtonTrainer} where the rows are with an {@link Engine}: each step is one pass over them, O(n p^2), and a p x p matrix is factored
 * here.
 *
 * @param gradientNorm stopping tolerance on the Euclidean norm of dL/dtheta
 * @param iterationLimit most Newton steps
 */
public record SummedNewtonTrainer(double gradientNorm, int iterationLimit) {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int HALVINGS = 30;

    /** To a gradient norm of 1e-10, in at most 50 steps. */
    public SummedNewtonTrainer() {
        this(1e-10, 50);
    }

    /**
     * Fits.
     *
     * @param start p values; near the minimum it takes two or three passes
     * @return the objective at its minimum, or where rounding hides any descent
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public SummedObjective fit(
            Engine engine, Loss loss, double ridge, double[] start, Workers workers, Progress progress) {
        SummedObjective current = SummedObjective.at(engine, loss, ridge, start.clone(), progress);
        for (int iteration = 0; iteration < iterationLimit; iteration++) {
            if (norm(current.gradient()) <= gradientNorm) {
                break;
            }
            double[] step =
                    Cholesky.factorInPlace(current.hessian().copy(), workers).solve(current.gradient());
            SummedObjective next = descend(engine, current, step, progress);
            if (next == null) {
                break;
            }
            current = next;
        }
        return current;
    }

    /** The first of the steps 1, 1/2, 1/4, ... that lowers the objective enough; null where rounding hides any descent. */
    private static @Nullable SummedObjective descend(
            Engine engine, SummedObjective current, double[] step, Progress progress) {
        double slope = -Dense.dot(current.gradient(), step);
        // below this the objective's own rounding decides; a full Newton step is then the best there is
        double noise = 1e-13 * Math.max(1, Math.abs(current.value()));
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] trial = current.theta().clone();
            Dense.add(-length, step, trial);
            SummedObjective next = SummedObjective.at(engine, current.loss(), current.ridge(), trial, progress);
            if (-slope < noise) {
                // the last step: nothing is left to be seen of the next one
                return norm(next.gradient()) < norm(current.gradient()) ? next : null;
            }
            if (next.value() <= current.value() + SUFFICIENT_DECREASE * length * slope) {
                return next;
            }
            length /= 2;
        }
        return null;
    }

    private static double norm(double[] gradient) {
        return Math.sqrt(Dense.dot(gradient, gradient));
    }
}
