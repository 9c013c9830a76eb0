package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Fits a linear model whose ridge learns the directions of logit space, see {@link LogitDirections}; for one logit the plain
 * ridge. Each round is a fit with the directions of the round before.
 *
 * @param gradientNorm to which each round is fitted
 * @param iterationLimit Newton steps in a round at the most
 * @param rounds number of rounds
 */
public record DirectionalTrainer(double gradientNorm, int iterationLimit, int rounds) {
    private static final int PRODUCTS = 100;

    /**
     * Fits.
     *
     * @param ridge lambda of the mean loss, of the average direction
     * @param start a model to start from, whose logits also give the first directions, or null
     */
    public LinearModel fit(Dataset data, Loss loss, double ridge, @Nullable LinearModel start, Workers workers) {
        LinearModel model = start;
        for (int round = 0; round < rounds; round++) {
            model = step(data, loss, ridge, model, workers);
        }
        if (model == null) {
            throw new IllegalArgumentException("rounds is " + rounds + ", expected at least 1");
        }
        return model;
    }

    private LinearModel step(Dataset data, Loss loss, double ridge, @Nullable LinearModel start, Workers workers) {
        if (!loss.isShiftInvariant()) {
            return train(new Objective(data, loss, ridge), start == null ? null : start.theta(), workers);
        }
        Matrix transform = start == null
                ? LogitDirections.alike(loss.logits())
                : LogitDirections.of(start.logits(data.features(), workers), data.weights());
        double[] from = start == null
                ? null
                : LogitDirections.coordinates(transform, start.parameters()).values();
        LinearModel inner = train(new Objective(data, new TransformedLoss(loss, transform), ridge), from, workers);
        Matrix parameters = Dense.multiply(transform, inner.parameters(), workers);
        return new LinearModel(loss, data.dimension(), parameters.values());
    }

    private LinearModel train(Objective objective, double @Nullable [] start, Workers workers) {
        Trainer trainer = Trainer.automatic(objective) instanceof NewtonTrainer
                ? new NewtonTrainer(gradientNorm, iterationLimit)
                : new TrustRegionNewtonTrainer(gradientNorm, 3 * iterationLimit, PRODUCTS);
        return trainer.fit(objective, start, workers).model();
    }
}
