package dev.assay.learn;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.DirectionalTrainer;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Linear experts whose ridge learns the directions of logit space, with the ridge of the highest weighted log-likelihood of rows
 * that they did not see. For three classes and more; with fewer there is one direction only.
 */
final class DirectionalExperts {
    private static final List<Double> STRENGTHS = List.of(30., 10., 3., 1., 0.3, 0.1, 0.03, 0.01);
    private static final int FALLS = 2;
    private static final int CHOICE_ROWS = 4000;
    private static final double GRADIENT_NORM = 1e-4;
    private static final int STEPS = 8;
    private static final int FINAL_ROUNDS = 3;
    private static final int FINAL_STEPS = 30;

    private DirectionalExperts() {}

    private record Step(double strength, List<LinearModel> models, Matrix answers, Calibration calibration) {
        double evidence(double[] weights) {
            double sum = 0;
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * calibration.logLikelihoods()[i];
                total += weights[i];
            }
            return sum / total;
        }
    }

    /**
     * Trains one for the rows of a block.
     *
     * @param weights of each row in it
     * @param view linear
     */
    static TrainedExpert train(
            Dataset data, double[] weights, ExpertView view, Parts parts, long seed, Workers workers) {
        int[] rows = IntStream.range(0, weights.length)
                .filter(i -> weights[i] > ExpertTrainer.SMALLEST_WEIGHT)
                .toArray();
        int[] sample = IntStream.range(0, weights.length).toArray();
        if (rows.length > CHOICE_ROWS) {
            int[] chosen = ContentOrder.of(data, workers).select(rows).sample(CHOICE_ROWS, seed);
            sample = IntStream.of(chosen).map(k -> rows[k]).toArray();
        }
        double[] sampleWeights =
                IntStream.of(sample).mapToDouble(i -> weights[i]).toArray();
        Dataset sampled = sample.length == data.size() ? data : data.select(sample);
        ExpertView sampledView = view.select(sample);
        Parts sampledParts = parts.select(sample);
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
        return new TrainedExpert(
                new Expert(view.map(), model, calibration.scale(), calibration.deviation(), ridge),
                view,
                parts,
                whole.models().stream().map(LinearModel::theta).toList(),
                Calibration.scaled(whole.answers(), calibration.scale()),
                calibration.logLikelihoods(),
                List.of(new TrainedExpert.Tried("linear, directional ridge", false, ridge, evidence)),
                false,
                String.format(
                        Locale.ROOT,
                        "linear expert whose ridge, %.2g on average, learned its directions: %.4f nats per row out of fold"
                                + " (strengths%s)",
                        ridge,
                        evidence,
                        tried));
    }

    private static Step step(
            Dataset data,
            double[] weights,
            ExpertView view,
            Parts parts,
            double strength,
            List<LinearModel> start,
            Workers workers) {
        Loss loss = Loss.forTargets(data.targets());
        Matrix seen = view.seen(workers);
        DirectionalTrainer trainer = new DirectionalTrainer(GRADIENT_NORM, STEPS, 2);
        List<LinearModel> models = workers.mapBlocks(parts.count(), 1, (part, ignored) -> {
            int[] rows = parts.outside(part, weights);
            if (rows.length == 0) {
                return new LinearModel(loss, seen.columns(), new double[loss.logits() * seen.columns()]);
            }
            Dataset training = view.dataset(data, weights, rows, workers);
            double ridge = strength / Math.max(1, training.totalWeight());
            return trainer.fit(training, loss, ridge, start.isEmpty() ? null : start.get(part), workers);
        });
        Matrix answers = new Matrix(data.size(), loss.outputCount());
        for (int part = 0; part < parts.count(); part++) {
            int[] own = parts.inside(part);
            Matrix its = Expert.answers(models.get(part), 1, seen.selectRows(own), workers);
            for (int i = 0; i < own.length; i++) {
                System.arraycopy(its.values(), its.offset(i), answers.values(), answers.offset(own[i]), its.columns());
            }
        }
        return new Step(strength, new ArrayList<>(models), answers, Calibration.of(answers, data.targets(), weights));
    }
}
