package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * A model of one block: p(y|x) = softmax(a z) with z its logits, or N(y; z, s^2) in standardised units.
 *
 * @param map how it sees the features
 * @param model linear in what it sees
 * @param scale a, above 0: calibrates the logits of rows that it was not trained with; 1 for regression
 * @param deviation s, the standard deviation of the targets about its predictions; NaN for classes
 * @param ridge with which it was fitted
 */
public record Expert(FeatureMap map, LinearModel model, double scale, double deviation, double ridge) {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if the model takes other features than the map gives, or the scale is not above 0
     */
    public Expert {
        if (model.features() != map.outputDimension()) {
            throw new IllegalArgumentException(
                    "the model takes " + model.features() + " features, its map gives " + map.outputDimension());
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected a finite number above 0");
        }
    }

    /** n x C log-probabilities of the classes, in nats; n x 1 standardised predictions for regression. */
    public Matrix answers(Matrix x, Workers workers) {
        return answers(model, scale, map.apply(x, workers), workers);
    }

    /** The same for a model and features that it sees as they are. */
    public static Matrix answers(LinearModel model, double scale, Matrix seen, Workers workers) {
        Matrix logits = model.logits(seen, workers);
        int outputs = model.loss().outputCount();
        if (outputs == 1) {
            return logits;
        }
        Matrix result = logits;
        if (logits.columns() != outputs) {
            // one logit for two classes: that of the second, the first being 0
            result = new Matrix(seen.rows(), outputs);
            for (int i = 0; i < seen.rows(); i++) {
                result.set(i, 1, logits.get(i, 0));
            }
        }
        double[] values = result.values();
        Arrays.setAll(values, k -> scale * values[k]);
        normalise(result);
        return result;
    }

    /**
     * log p(y_i | x_i) of each example's own target, in nats; higher = better explained. For regression the log-density in
     * standardised units.
     *
     * @param answers what {@link #answers} gave for these examples
     */
    public static double[] logLikelihoods(Matrix answers, Targets targets, double deviation) {
        double[] result = new double[targets.size()];
        boolean classes = targets instanceof ClassTargets;
        double constant = -Math.log(deviation) - 0.5 * Math.log(2 * Math.PI);
        for (int i = 0; i < result.length; i++) {
            if (classes) {
                result[i] = answers.get(i, (int) targets.value(i));
            } else {
                double z = (targets.value(i) - answers.get(i, 0)) / deviation;
                result[i] = constant - 0.5 * z * z;
            }
        }
        return result;
    }

    /** Makes logits log-probabilities, row by row, in place. */
    public static void normalise(Matrix logits) {
        for (int i = 0; i < logits.rows(); i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < logits.columns(); c++) {
                largest = Math.max(largest, logits.get(i, c));
            }
            double sum = 0;
            for (int c = 0; c < logits.columns(); c++) {
                sum += Math.exp(logits.get(i, c) - largest);
            }
            double norm = largest + Math.log(sum);
            for (int c = 0; c < logits.columns(); c++) {
                logits.set(i, c, logits.get(i, c) - norm);
            }
        }
    }
}
