package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.influence.Curvature;
import dev.assay.linalg.Matrix;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.LeaveOneOut;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a purification would find, for someone who wants to know and not yet to remove: up to {@link #THOROUGH_SIZE}
 * examples the purification itself, beyond that one look, in a constant number of fits. The look trusts each label as far
 * as experts explain that were trained on all other folds, wrong labels among them included, so it finds fewer.
 */
public final class Diagnosis {
    /** Up to so many examples purification is what is reported. */
    public static final int THOROUGH_SIZE = 20_000;

    private Diagnosis() {}

    /**
     * Diagnoses; for the one look O(n p^2) time, and two vectors of weights beyond the data.
     *
     * @param watched a test set that is only watched, or null
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static Purification of(
            Dataset data, @Nullable Dataset watched, PurifySettings settings, Workers workers, Progress progress) {
        if (data.size() <= THOROUGH_SIZE) {
            return Purifier.purify(data, watched, settings, new PurifyJournal(), workers, progress);
        }
        return oneLook(data, settings, workers, progress);
    }

    private static Purification oneLook(Dataset data, PurifySettings settings, Workers workers, Progress progress) {
        progress.phase("choose the ridge", 0);
        Loss loss = Loss.forTargets(data.targets());
        ContentOrder order = ContentOrder.of(data, workers);
        List<String> explanation = new ArrayList<>();
        Double given = settings.ridge();
        double ridge;
        if (given == null) {
            ExpertChoice choice = ExpertChoice.choose(
                    data, List.of(InputView.linear(data, workers)), order, loss, settings.seed(), progress, workers);
            ridge = choice.ridges().get(choice.ridges().size() - 1);
            explanation.add(choice.reason());
        } else {
            ridge = given;
            explanation.add(String.format(Locale.ROOT, "ridge %.3g, as given", given));
        }

        progress.phase("fit", 0);
        Objective objective = new Objective(data, loss, ridge);
        Fit fit = Trainer.automatic(objective).fit(objective, workers);
        progress.phase("ask models that did not see the row", 0);
        Matrix answers = OutOfFold.answers(fit, settings.folds(), settings.seed(), workers);
        LabelNoise noise = LabelNoise.fit(answers, data.targets(), data.weights());
        explanation.add(String.format(
                Locale.ROOT,
                "one look, as there are more than %,d rows: %.1f %% of the labels are not explained by models that did not"
                        + " see them",
                THOROUGH_SIZE,
                100 * noise.share()));

        progress.phase("delta V of each row", 0);
        Linearization fitted = objective.at(fit.model().theta(), workers);
        int n = data.size();
        double[] deltaVariance = new double[n];
        double[] selfInfluence = new double[n];
        double potential = Double.NaN;
        if (objective.parameters() <= RowScorer.INFLUENCE_PARAMETERS) {
            deltaVariance = LeaveOneOut.deltaVariance(fitted, LeaveOneOut.Method.FAST, workers, progress);
            Curvature curvature = Curvature.of(fitted, workers);
            selfInfluence = curvature.selfInfluence(workers);
            potential = Potential.of(curvature, workers).variance();
        } else {
            Arrays.fill(deltaVariance, Double.NaN);
            Arrays.fill(selfInfluence, Double.NaN);
        }
        double[] suggestion = new double[n];
        double[] suggestedProbability = new double[n];
        double[] outOfFoldProbability = new double[n];
        boolean labels = data.targets() instanceof ClassTargets;
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int c = 1; c < answers.columns(); c++) {
                best = answers.get(i, c) > answers.get(i, best) ? c : best;
            }
            suggestion[i] = labels ? best : answers.get(i, 0);
            suggestedProbability[i] = labels ? Math.exp(answers.get(i, best)) : Double.NaN;
            outOfFoldProbability[i] = Math.exp(noise.logDensity()[i]);
        }
        double[] losses = fitted.losses();
        TrajectoryPoint start = new TrajectoryPoint(
                0,
                n,
                potential,
                mean(losses, data.weights()),
                Double.NaN,
                noise.logLikelihood(),
                noise.share(),
                new int[0],
                new double[0],
                Double.NaN);
        return new Purification(
                data,
                CriterionKind.OUT_OF_FOLD,
                explanation,
                fit,
                List.of(start),
                0,
                IntStream.range(0, n).map(i -> noise.trust()[i] < 0.5 ? 1 : 0).toArray(),
                new RowScores(
                        losses, outOfFoldProbability, selfInfluence, deltaVariance, suggestion, suggestedProbability),
                RowScores.OUT_OF_FOLD_PROBABILITY,
                noise.share());
    }

    private static double mean(double[] values, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
            total += weights[i];
        }
        return sum / total;
    }
}
