package dev.assay.model;

import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits linear models whose ridge learns the directions of logit space, see {@link LogitDirections}; for one logit the plain
 * ridge. Each round is a fit with the directions of the round before.
 *
 * @param gradientNorm to which each round is fitted
 * @param iterationLimit Newton steps in a round at the most
 * @param rounds number of rounds
 */
public record DirectionalTrainer(double gradientNorm, int iterationLimit, int rounds) {
    /**
     * What one of several models is trained with.
     *
     * @param weights n, 0 for the rows that it does not see
     * @param ridge lambda of its mean loss, of the average direction
     */
    public record Training(double[] weights, double ridge) {}

    /**
     * Fits one model to all rows.
     *
     * @param ridge lambda of the mean loss, of the average direction
     * @param start a model to start from, whose logits also give the first directions, or null
     */
    public LinearModel fit(Dataset data, Loss loss, double ridge, @Nullable LinearModel start, Workers workers) {
        Training all = new Training(data.weights(), ridge);
        List<LinearModel> starts = start == null ? List.of() : List.of(start);
        return fit(data.features(), data.targets(), loss, List.of(all), starts, workers)
                .get(0);
    }

    /**
     * Fits a model to each of several weightings of the same rows, by {@link SideBySideTrainer}. They share their directions: those
     * of the mean of the models of the round before, over all rows that any of them sees.
     *
     * @param starts one for each, whose logits also give the first directions, or none at all
     */
    public List<LinearModel> fit(
            Matrix x, Targets targets, Loss loss, List<Training> trainings, List<LinearModel> starts, Workers workers) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds is " + rounds + ", expected at least 1");
        }
        double[] weights = new double[x.rows()];
        for (Training one : trainings) {
            Dense.add(1, one.weights(), weights);
        }
        SideBySideTrainer trainer = new SideBySideTrainer(gradientNorm, iterationLimit);
        List<LinearModel> models = starts;
        for (int round = 0; round < rounds; round++) {
            Matrix transform = transform(x, weights, loss, models, workers);
            List<SideBySideTrainer.Model> tasks = new ArrayList<>();
            for (int t = 0; t < trainings.size(); t++) {
                Training one = trainings.get(t);
                double[] from = models.isEmpty()
                        ? null
                        : LogitDirections.coordinates(transform, models.get(t).parameters())
                                .values();
                tasks.add(new SideBySideTrainer.Model(one.weights(), one.ridge(), from));
            }
            models = trainer.fit(x, targets, loss, transform, tasks, workers).stream()
                    .map(u -> model(loss, transform, u, workers))
                    .toList();
        }
        return models;
    }

    private static Matrix transform(Matrix x, double[] weights, Loss loss, List<LinearModel> models, Workers workers) {
        if (!loss.isShiftInvariant()) {
            return Matrix.identity(loss.logits());
        }
        if (models.isEmpty()) {
            return LogitDirections.alike(loss.logits());
        }
        double[] mean = new double[models.get(0).theta().length];
        for (LinearModel model : models) {
            Dense.add(1.0 / models.size(), model.theta(), mean);
        }
        return LogitDirections.of(new LinearModel(loss, x.columns(), mean).logits(x, workers), weights);
    }

    private static LinearModel model(Loss loss, Matrix transform, double[] u, Workers workers) {
        int d = u.length / transform.columns();
        Matrix parameters = Dense.multiply(transform, new Matrix(transform.columns(), d, u), workers);
        return new LinearModel(loss, d, parameters.values());
    }
}
