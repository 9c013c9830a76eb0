package dev.assay.model;

/**
 * What a trainer returns.
 *
 * @param model the fitted model
 * @param objective what was minimised
 * @param value L at the model's parameters
 * @param gradientNorm Euclidean norm of dL/dtheta there
 * @param iterations outer iterations: Newton steps, or epochs
 * @param converged whether the trainer's own stopping rule was met, rather than its limit of iterations
 */
public record Fit(
        LinearModel model, Objective objective, double value, double gradientNorm, int iterations, boolean converged) {
    /** Lambda. */
    public double ridge() {
        return objective.ridge();
    }
}
