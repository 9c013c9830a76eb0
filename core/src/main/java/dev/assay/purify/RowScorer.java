package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.learn.CrossFit;
import dev.assay.linalg.DenseLimits;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Works out the {@link RowScores} of a purification. Beyond {@link DenseLimits#FACTORED} parameters influences are left out where nobody
 * asked for them: H alone would take longer than the fits.
 */
final class RowScorer {
    private final Dataset data;
    private final Loss loss;
    private final Folds folds;
    private final Workers workers;

    RowScorer(Dataset data, Loss loss, Folds folds, Workers workers) {
        this.data = data;
        this.loss = loss;
        this.folds = folds;
        this.workers = workers;
    }

    /**
     * All scores.
     *
     * @param start the fit to all rows
     * @param purified the fit to the kept rows
     * @param removedAt 0 for the kept rows
     * @param deltaVariance of all rows in the fit to all rows, or null to compute it here
     * @param outOfFoldProbability of all rows, or null to compute it here
     */
    RowScores scores(
            Fit start,
            Fit purified,
            int[] removedAt,
            double @Nullable [] deltaVariance,
            double @Nullable [] outOfFoldProbability) {
        int n = data.size();
        Matrix logits = purified.model().logits(data.features(), workers);
        double[] losses = new double[n];
        for (int i = 0; i < n; i++) {
            losses[i] =
                    loss.value(logits.values(), logits.offset(i), data.targets().value(i));
        }
        Linearization whole = start.objective().at(start.model().theta(), workers);
        double[] selfInfluence = new double[n];
        double[] delta = deltaVariance;
        if (data.dimension() > 1 && start.objective().parameters() <= DenseLimits.FACTORED) {
            selfInfluence = LinearGradientSpace.of(whole, workers).selfInfluences(workers);
            if (delta == null) {
                delta = DeltaVariance.deltaVariance(whole, DeltaVariance.Method.FAST, workers, Progress.NONE);
            }
        } else {
            Arrays.fill(selfInfluence, Double.NaN);
        }
        if (delta == null) {
            delta = unknown(n);
        }
        Suggestions suggestions = suggestions(LinearModel.outputs(loss, logits, workers));
        return new RowScores(
                losses,
                outOfFoldProbability == null
                        ? outOfFoldProbabilities(purified, logits, removedAt)
                        : outOfFoldProbability,
                selfInfluence,
                delta,
                unknown(n),
                isRemoved(removedAt),
                suggestions.labels(),
                suggestions.probabilities());
    }

    private static boolean[] isRemoved(int[] removedAt) {
        boolean[] result = new boolean[removedAt.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = removedAt[i] != 0;
        }
        return result;
    }

    private record Suggestions(double[] labels, double[] probabilities) {}

    /** The likeliest class and its probability, or the prediction. */
    private Suggestions suggestions(Matrix outputs) {
        if (!(data.targets() instanceof ClassTargets)) {
            return new Suggestions(outputs.values(), unknown(outputs.rows()));
        }
        double[] labels = new double[outputs.rows()];
        double[] probabilities = new double[outputs.rows()];
        for (int i = 0; i < labels.length; i++) {
            int best = 0;
            for (int c = 1; c < outputs.columns(); c++) {
                best = outputs.get(i, c) > outputs.get(i, best) ? c : best;
            }
            labels[i] = best;
            probabilities[i] = outputs.get(i, best);
        }
        return new Suggestions(labels, probabilities);
    }

    private static double[] unknown(int n) {
        double[] result = new double[n];
        Arrays.fill(result, Double.NaN);
        return result;
    }

    /** Kept rows under models of the kept rows of the other folds, removed ones under the model of all kept rows. */
    private double[] outOfFoldProbabilities(Fit purified, Matrix logits, int[] removedAt) {
        int[] kept = IntStream.range(0, removedAt.length)
                .filter(i -> removedAt[i] == 0)
                .toArray();
        Dataset rest = data.select(kept);
        Folds parts = folds.select(kept);
        CrossFit<LinearModel> fits = CrossFit.train(parts, part -> without(rest, parts, part, purified), workers);
        Matrix own = fits.answers(
                logits.columns(), (model, rows) -> model.logits(rest.features().selectRows(rows), workers), workers);
        Matrix left = logits.copy();
        for (int k = 0; k < kept.length; k++) {
            System.arraycopy(own.values(), own.offset(k), left.values(), left.offset(kept[k]), left.columns());
        }
        double[] result = new double[data.size()];
        for (int i = 0; i < result.length; i++) {
            double negativeLogarithm =
                    loss.value(left.values(), left.offset(i), data.targets().value(i));
            result[i] = Math.exp(-negativeLogarithm)
                    * (data.targets() instanceof ClassTargets ? 1 : 1 / Math.sqrt(2 * Math.PI));
        }
        return result;
    }

    /** The model of the other parts; that of all rows where it would be of none or for none. */
    private LinearModel without(Dataset rest, Folds parts, int part, Fit purified) {
        int[] training = parts.outside(part);
        if (training.length == 0 || training.length == rest.size()) {
            return purified.model();
        }
        Objective objective = new Objective(rest.select(training), loss, purified.ridge());
        return Trainer.automatic(objective)
                .fit(objective, purified.model().theta(), workers)
                .model();
    }
}
