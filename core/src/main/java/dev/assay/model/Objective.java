package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;

/**
 * What a trainer minimises: L(theta) = (1/W) sum_i w_i l_i(theta) + (ridge/2) |theta|^2, the MEAN loss plus a ridge on all
 * parameters, the bias included. Parameters are laid out logit by logit: theta[c * d + j] belongs to logit c and feature
 * j; p = C * d.
 *
 * @param data the examples
 * @param loss the loss of one example
 * @param ridge lambda, finite and at least 0
 */
public record Objective(Dataset data, Loss loss, double ridge) {
    /**
     * Checks the ridge and the weights.
     *
     * @throws IllegalArgumentException if the ridge is negative or not finite, or if no example has weight
     */
    public Objective {
        if (!(ridge >= 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge is " + ridge + ", expected a finite number of at least 0");
        }
        if (!(data.totalWeight() > 0)) {
            throw new IllegalArgumentException("no example has a weight above 0");
        }
    }

    /** The objective with the loss that suits the targets. */
    public static Objective of(Dataset data, double ridge) {
        return new Objective(data, Loss.forTargets(data.targets()), ridge);
    }

    /** p = C * d. */
    public int parameters() {
        return loss.logits() * data.dimension();
    }

    /** The same data and loss with another ridge. */
    public Objective withRidge(double other) {
        return new Objective(data, loss, other);
    }

    /** Value, gradient and curvature at {@code theta}; O(n p). */
    public Linearization at(double[] theta, Workers workers) {
        return Linearization.of(this, theta, workers);
    }
}
