package dev.assay.predict;

import dev.assay.data.InvalidInputException;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Predicts with a routed model: p(y|x) = sum_k b_k(x) p_k(y|x), with b from the routing. O(n d K C) for linear experts.
 *
 * @param model experts and router
 */
public record Predictor(RoutedModel model) {
    private static final int ROWS = 2048;

    /** Softly routed. */
    public Predictions predict(Matrix x, Workers workers) {
        return predict(x, new Routing.Soft(), workers);
    }

    /**
     * Predictions of each row of x.
     *
     * @param x n x d, the bias last
     * @throws InvalidInputException if x does not have the model's features
     */
    public Predictions predict(Matrix x, Routing routing, Workers workers) {
        if (x.columns() != model.inputDimension()) {
            throw new InvalidInputException("rows have " + x.columns() + " features (bias included), the model takes "
                    + model.inputDimension());
        }
        Matrix logBlocks = routing.logBlocks(model, x, workers);
        List<Matrix> answers = new ArrayList<>();
        model.experts().forEach(expert -> answers.add(expert.answers(x, workers)));
        if (model.labels() instanceof LabelSpace.Classes classes) {
            return new ClassPredictions(classes.names(), mixed(answers, logBlocks, workers), exponentials(logBlocks));
        }
        if (model.labels() instanceof LabelSpace.Reals reals) {
            Matrix experts = new Matrix(x.rows(), model.blocks());
            double[] spreads = new double[model.blocks()];
            for (int k = 0; k < spreads.length; k++) {
                spreads[k] = reals.scale() * model.experts().get(k).deviation();
                for (int i = 0; i < x.rows(); i++) {
                    experts.set(
                            i, k, reals.mean() + reals.scale() * answers.get(k).get(i, 0));
                }
            }
            return new RealPredictions(experts, spreads, exponentials(logBlocks));
        }
        throw new IllegalStateException("no predictions for " + model.labels());
    }

    /** log sum_k b_ik p_k(y|x_i), n x C. */
    private static Matrix mixed(List<Matrix> answers, Matrix logBlocks, Workers workers) {
        int n = logBlocks.rows();
        int blocks = answers.size();
        int classes = answers.get(0).columns();
        Matrix result = new Matrix(n, classes);
        workers.forEachBlock(n, ROWS, (from, to) -> {
            double[] terms = new double[blocks];
            for (int i = from; i < to; i++) {
                for (int c = 0; c < classes; c++) {
                    for (int k = 0; k < blocks; k++) {
                        terms[k] = logBlocks.get(i, k) + answers.get(k).get(i, c);
                    }
                    result.set(i, c, LogSumExp.of(terms));
                }
            }
        });
        return result;
    }

    private static Matrix exponentials(Matrix logs) {
        Matrix result = logs.copy();
        double[] values = result.values();
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(values[j]);
        }
        return result;
    }
}
