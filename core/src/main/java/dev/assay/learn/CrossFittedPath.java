package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.ProductCurvature;
import dev.assay.model.SideBySideTrainer;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One expert for each part, trained on the other parts, for one ridge after another, each started from the one before. */
final class CrossFittedPath {
    private static final double GRADIENT_NORM = 3e-3;
    private static final int STEPS = 50;

    private final Loss loss;
    private final int dimension;
    private final Folds split;
    private final List<PartData> parts;
    private final @Nullable List<double[]> centres;
    private final ProductCurvature.Inputs inputs;
    /** The rows that any of the experts is trained on. */
    private final Matrix training;

    private final Targets targets;
    private List<double[]> parameters;

    /**
     * A part's expert.
     *
     * @param weights of the rows that experts are trained on, 0 for those that this one does not see; null if nothing has weight
     * @param ownSeen what it sees of the rows it answers for
     */
    private record PartData(double @Nullable [] weights, Matrix ownSeen) {}

    /**
     * What the experts of one ridge say.
     *
     * @param answers n x C log-probabilities, or n x 1 predictions, as they come
     * @param parameters of the expert of each part
     */
    record Step(double ridge, Matrix answers, List<double[]> parameters) {}

    /**
     * Selects the rows of each part.
     *
     * @param centres towards which the ridge pulls the expert of each part; 0 if null
     * @param start parameters of the expert of each part to start from; the centres if null
     * @param seed of the sample that radial experts are trained with where the rows are many
     */
    CrossFittedPath(
            FeatureView view,
            ViewCandidate.Scope scope,
            @Nullable List<double[]> centres,
            @Nullable List<double[]> start,
            long seed,
            Workers workers) {
        Dataset data = scope.data();
        double[] weights = scope.weights();
        this.split = scope.parts();
        this.loss = Loss.forTargets(data.targets());
        Matrix seen = view.seen(workers);
        this.dimension = seen.columns();
        this.centres = centres;
        this.inputs = ProductCurvature.Inputs.of(seen, weights, loss.logits(), workers);
        List<int[]> outside = workers.mapBlocks(
                split.count(),
                1,
                (part, ignored) -> view.training(data, Learner.positive(split.outside(part), weights), seed, workers));
        int[] rows = outside.stream()
                .flatMapToInt(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        this.training = rows.length == data.size() ? seen : seen.selectRows(rows);
        this.targets = data.targets().select(rows);
        this.parts = new ArrayList<>();
        for (int part = 0; part < split.count(); part++) {
            double[] its = new double[rows.length];
            for (int row : outside.get(part)) {
                its[Arrays.binarySearch(rows, row)] = weights[row];
            }
            parts.add(new PartData(outside.get(part).length == 0 ? null : its, seen.selectRows(split.inside(part))));
        }
        List<double[]> beginning = new ArrayList<>();
        for (int part = 0; part < split.count(); part++) {
            if (start != null) {
                beginning.add(start.get(part));
            } else {
                beginning.add(centres == null ? new double[loss.logits() * dimension] : centres.get(part));
            }
        }
        this.parameters = beginning;
    }

    /** The experts with the next ridge. */
    Step next(double ridge, Workers workers) {
        List<SideBySideTrainer.Model> models = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            double[] weights = parts.get(part).weights();
            if (weights != null) {
                models.add(new SideBySideTrainer.Model(
                        weights, ridge, parameters.get(part), centres == null ? null : centres.get(part)));
            }
        }
        Iterator<double[]> fitted = new SideBySideTrainer(GRADIENT_NORM, STEPS, true)
                .fit(training, targets, loss, Matrix.identity(loss.logits()), models, inputs, workers)
                .iterator();
        List<double[]> next = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            next.add(parts.get(part).weights() == null ? parameters.get(part) : fitted.next());
        }
        Matrix answers = split.gather(
                loss.outputCount(),
                (part, rows) -> {
                    LinearModel model = new LinearModel(loss, dimension, next.get(part));
                    return LinearExpert.answers(model, 1, parts.get(part).ownSeen(), workers);
                },
                workers);
        parameters = next;
        return new Step(ridge, answers, parameters);
    }
}
