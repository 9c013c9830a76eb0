package dev.assay.trees;

import dev.assay.learn.Expert;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sum of many small trees: p(y|x) = softmax of the logits, or the prediction itself. Asked in plain Java, so that it answers the same
 * everywhere, with or without the library that grew the trees. Compares by identity.
 */
public final class BoostedTreesExpert implements Expert {
    static final String NAME = "boosted trees";

    private final int inputDimension;
    private final int outputs;
    private final Forest forest;
    private final double deviation;

    /**
     * An expert of a forest.
     *
     * @param inputDimension d, the bias included
     * @param outputs C classes, or 1 for numbers
     * @param forest of one logit for numbers and for two classes, of which it is that of the second; of C logits else
     * @param deviation of the targets about the predictions, of the rows that it was trained with; NaN for classes
     */
    BoostedTreesExpert(int inputDimension, int outputs, Forest forest, double deviation) {
        this.inputDimension = inputDimension;
        this.outputs = outputs;
        this.forest = forest;
        this.deviation = deviation;
    }

    /** One for numbers and for two classes, C else. */
    static int logits(int outputs) {
        return outputs == 2 ? 1 : outputs;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int inputDimension() {
        return inputDimension;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public double deviation() {
        return deviation;
    }

    /** The trees, and the rounds that added them. */
    @Override
    public Map<String, Number> settings() {
        Map<String, Number> result = new LinkedHashMap<>();
        result.put("trees", forest.trees());
        result.put("rounds", forest.rounds());
        return result;
    }

    Forest forest() {
        return forest;
    }

    @Override
    public Matrix answers(Matrix x, Workers workers) {
        return answers(forest.logits(x, workers), outputs);
    }

    private static Matrix answers(Matrix logits, int outputs) {
        if (outputs == 1) {
            return logits;
        }
        Matrix result = logits;
        if (outputs == 2) {
            result = new Matrix(logits.rows(), 2);
            for (int i = 0; i < logits.rows(); i++) {
                result.set(i, 1, logits.get(i, 0));
            }
        }
        LogSumExp.normaliseRows(result);
        return result;
    }
}
