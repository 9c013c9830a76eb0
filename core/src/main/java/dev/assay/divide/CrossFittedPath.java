package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.model.CentredRidgeTrainer;
import dev.assay.model.Expert;
import dev.assay.model.LinearModel;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One expert for each part, trained on the other parts, for one ridge after another, each started from the one before. */
final class CrossFittedPath {
    private static final double GRADIENT_NORM = 3e-3;

    private final Loss loss;
    private final int dimension;
    private final int size;
    private final List<PartData> parts;
    private final @Nullable List<double[]> centres;
    private List<double[]> parameters;

    /** What the expert of a part is trained on (null if nothing has weight), and the rows it answers for. */
    private record PartData(@Nullable Dataset training, int[] own, Matrix ownSeen) {}

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
            ExpertView view,
            ExpertCandidate.Scope scope,
            @Nullable List<double[]> centres,
            @Nullable List<double[]> start,
            long seed,
            Workers workers) {
        Dataset data = scope.data();
        double[] weights = scope.weights();
        Parts split = scope.parts();
        this.loss = Loss.forTargets(data.targets());
        Matrix seen = view.seen(workers);
        this.dimension = seen.columns();
        this.size = data.size();
        this.centres = centres;
        this.parts = workers.mapBlocks(split.count(), 1, (part, ignored) -> {
            int[] own = split.inside(part);
            int[] others = view.training(data, split.outside(part, weights), seed, workers);
            Dataset training = others.length == 0 ? null : view.dataset(data, weights, others, workers);
            return new PartData(training, own, seen.selectRows(own));
        });
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
        record Said(double[] theta, Matrix answers) {}
        List<double[]> before = parameters;
        List<Said> experts = workers.mapBlocks(parts.size(), 1, (part, ignored) -> {
            PartData its = parts.get(part);
            double[] theta = before.get(part);
            if (its.training() != null) {
                theta = new CentredRidgeTrainer(GRADIENT_NORM)
                        .fit(
                                new Objective(its.training(), loss, ridge),
                                centres == null ? null : centres.get(part),
                                theta,
                                workers);
            }
            LinearModel model = new LinearModel(loss, dimension, theta);
            return new Said(theta, Expert.answers(model, 1, its.ownSeen(), workers));
        });
        Matrix answers = new Matrix(size, loss.outputCount());
        for (int part = 0; part < experts.size(); part++) {
            Matrix said = experts.get(part).answers();
            int[] own = parts.get(part).own();
            for (int k = 0; k < own.length; k++) {
                System.arraycopy(
                        said.values(), said.offset(k), answers.values(), answers.offset(own[k]), said.columns());
            }
        }
        parameters = experts.stream().map(Said::theta).toList();
        return new Step(ridge, answers, parameters);
    }
}
