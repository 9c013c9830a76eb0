package dev.assay.model;

import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/** Fits a model to an objective. Immutable: settings in, a new fitted model out. */
public interface Trainer {
    /**
     * Minimises the objective.
     *
     * @param start parameters to start from, not written to; the trainer's own choice if null, zero unless it says otherwise
     */
    Fit fit(Objective objective, double @Nullable [] start, Workers workers);

    /** Minimises the objective from the trainer's own start. */
    default Fit fit(Objective objective, Workers workers) {
        return fit(objective, null, workers);
    }

    /**
     * The exact trainer that is cheaper for the objective's shape: {@link NewtonTrainer} where the Hessian can be formed
     * and factored, {@link TrustRegionNewtonTrainer} where p is too large for that.
     */
    static Trainer automatic(Objective objective) {
        double n = objective.data().size();
        double d = objective.data().dimension();
        double c = objective.loss().logits();
        double p = c * d;
        double newtonIteration = n * d * d * c * (c + 1) + p * p * p / 3;
        // some 10 products with the Hessian a step, each at a fifth of the rate of a square product
        double conjugateGradientIteration = 10 * 5 * 4 * n * p;
        return newtonIteration <= conjugateGradientIteration ? new NewtonTrainer() : new TrustRegionNewtonTrainer();
    }
}
