package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.model.DirectionalTrainer;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Linear experts whose ridge learns the directions of logit space, with the ridge of the highest weighted log-likelihood of rows
 * that they did not see. For three classes and more; with fewer there is one direction only.
 *
 * @param view linear, of the very rows that experts are made of
 */
record DirectionalLearner(FeatureView view) implements Learner {
    private static final List<Double> STRENGTHS = List.of(30., 10., 3., 1., 0.3, 0.1, 0.03, 0.01);
    private static final int FALLS = 2;
    /** With more, learning directions takes too long: no matrix of that order need be formed, but many fits are made. */
    private static final int MOST_PARAMETERS = 1500;

    private static final double FEWEST_ROWS = 10;
    private static final double GRADIENT_NORM = 1e-4;
    private static final int STEPS = 8;
    private static final int FINAL_ROUNDS = 3;
    private static final int FINAL_STEPS = 30;

    private record Step(double strength, List<LinearModel> models, Matrix answers, Calibration calibration) {
        double evidence(double[] weights) {
            return Evidence.perRow(calibration.logLikelihoods(), weights);
        }
    }

    @Override
    public String name() {
        return "linear, directional ridge";
    }

    /** Whether there are directions to learn in, few enough for the time that it takes, and rows to learn them from. */
    boolean appliesTo(Dataset data, double[] weights) {
        return data.targets() instanceof ClassTargets labels
                && labels.classes() > 2
                && (labels.classes() - 1) * view.map().outputDimension() <= MOST_PARAMETERS
                && Arrays.stream(weights).sum() >= FEWEST_ROWS;
    }

    @Override
    public Expert train(Dataset data, long seed, Workers workers) {
        return crossFit(data, data.weights(), Learner.folds(data, seed, workers), seed, workers)
                .expert();
    }

    @Override
    public CrossFittedExpert crossFit(Dataset data, double[] weights, Folds parts, long seed, Workers workers) {
        int[] rows = LinearLearner.rows(weights);
        int[] sample = LinearLearner.sample(data, weights, seed, workers);
        double[] sampleWeights =
                IntStream.of(sample).mapToDouble(i -> weights[i]).toArray();
        Dataset sampled = sample.length == data.size() ? data : data.select(sample);
        FeatureView sampledView = view.select(sample);
        Folds sampledParts = parts.select(sample);
        Step best = null;
        List<LinearModel> start = List.of();
        int falls = 0;
        StringBuilder tried = new StringBuilder();
        for (double strength : STRENGTHS) {
            Step step = step(sampled, sampleWeights, sampledView, sampledParts, strength, start, workers);
            start = step.models();
            tried.append(String.format(Locale.ROOT, " %.3g: %.4f", strength, step.evidence(sampleWeights)));
            falls++;
            if (best == null || step.evidence(sampleWeights) > best.evidence(sampleWeights)) {
                best = step;
                falls = 0;
            }
            if (falls >= FALLS) {
                break;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no strength was tried");
        }
        Step whole = best;
        if (sample.length < data.size()) {
            whole = step(data, weights, view, parts, best.strength(), best.models(), workers);
        }
        Loss loss = Loss.forTargets(data.targets());
        Dataset training = view.dataset(data, weights, rows, workers);
        double ridge = whole.strength() / Math.max(1, training.totalWeight());
        LinearModel model = new DirectionalTrainer(GRADIENT_NORM, FINAL_STEPS, FINAL_ROUNDS)
                .fit(training, loss, ridge, whole.models().get(0), workers);
        Calibration calibration = whole.calibration();
        double evidence = whole.evidence(weights);
        return new CrossFittedExpert(
                new LinearExpert(view.map(), model, calibration.scale(), calibration.deviation(), ridge),
                Calibration.scaled(whole.answers(), calibration.scale()),
                calibration.logLikelihoods(),
                false,
                String.format(
                        Locale.ROOT,
                        "linear expert whose ridge, %.2g on average, learned its directions: %.4f nats per row out of"
                                + " fold (strengths%s)",
                        ridge,
                        evidence,
                        tried));
    }

    private static Step step(
            Dataset data,
            double[] weights,
            FeatureView view,
            Folds parts,
            double strength,
            List<LinearModel> start,
            Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        Matrix seen = view.seen(workers);
        DirectionalTrainer trainer = new DirectionalTrainer(GRADIENT_NORM, STEPS, 2);
        CrossFit<LinearModel> fits = CrossFit.train(
                parts,
                part -> {
                    int[] rows = Learner.positive(parts.outside(part), weights);
                    if (rows.length == 0) {
                        return new LinearModel(loss, seen.columns(), new double[loss.logits() * seen.columns()]);
                    }
                    Dataset training = view.dataset(data, weights, rows, workers);
                    double ridge = strength / Math.max(1, training.totalWeight());
                    return trainer.fit(training, loss, ridge, start.isEmpty() ? null : start.get(part), workers);
                },
                workers);
        Matrix answers = fits.answers(
                loss.outputCount(),
                (model, rows) -> LinearExpert.answers(model, 1, seen.selectRows(rows), workers),
                workers);
        return new Step(strength, fits.models(), answers, Calibration.of(answers, data.targets(), weights));
    }
}
