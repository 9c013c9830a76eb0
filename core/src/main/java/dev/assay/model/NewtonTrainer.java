package dev.assay.model;

import dev.assay.linalg.Cholesky;
import dev.assay.linalg.Dense;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with a backtracking line search.
 *
 * <p>Stops when the Euclidean norm of the gradient of the mean loss plus ridge is at most {@code gradientNorm}, or when
 * rounding allows no further descent. One iteration forms and factors H: O(n p^2 + p^3). Needs a ridge above 0 where the
 * features are linearly dependent.
 *
 * @param gradientNorm stopping tolerance
 * @param iterationLimit Newton steps at the most
 */
public record NewtonTrainer(double gradientNorm, int iterationLimit) implements Trainer {
    /** Armijo's constant: the share of the predicted decrease that a step must reach. */
    private static final double SUFFICIENT_DECREASE = 1e-4;

    private static final int HALVINGS = 40;

    /** To a gradient norm of 1e-10, at most 100 steps. */
    public NewtonTrainer() {
        this(1e-10, 100);
    }

    @Override
    public Fit fit(Objective objective, double @Nullable [] start, Workers workers) {
        double[] theta = start == null ? new double[objective.parameters()] : start.clone();
        Linearization current = objective.at(theta, workers);
        double[] gradient = current.gradient(workers);
        double norm = Math.sqrt(Dense.dot(gradient, gradient));
        int iterations = 0;
        while (!(norm <= gradientNorm) && iterations < iterationLimit) {
            double[] step =
                    Cholesky.factorInPlace(current.hessian(workers), workers).solve(gradient);
            double slope = -Dense.dot(gradient, step);
            Linearization next = descend(current, step, slope, workers);
            if (next == null) {
                break;
            }
            current = next;
            gradient = current.gradient(workers);
            norm = Math.sqrt(Dense.dot(gradient, gradient));
            iterations++;
        }
        LinearModel model = new LinearModel(objective.loss(), objective.data().dimension(), current.theta());
        return new Fit(model, objective, current.value(), norm, iterations, norm <= gradientNorm);
    }

    /** The first of the steps 1, 1/2, 1/4, ... that lowers the objective enough; null where rounding hides any descent. */
    private static @Nullable Linearization descend(
            Linearization current, double[] step, double slope, Workers workers) {
        // below this the objective's own rounding decides; a full Newton step is then the best there is
        double noise = 1e-13 * Math.max(1, Math.abs(current.value()));
        double length = 1;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double[] trial = current.theta();
            Dense.add(-length, step, trial);
            Linearization next = current.objective().at(trial, workers);
            double allowed = current.value() + SUFFICIENT_DECREASE * length * slope;
            if (next.value() <= allowed || (-slope < noise && next.value() <= current.value() + noise)) {
                return next;
            }
            length /= 2;
        }
        return null;
    }
}
