package dev.assay.learn;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A linear model in what it sees of the features: p(y|x) = softmax(a z) with z its logits, or N(y; z, s^2) in standardised units.
 *
 * @param map how it sees the features
 * @param model linear in what it sees
 * @param scale a, above 0: calibrates the logits of rows that it was not trained with; 1 for regression
 * @param deviation s, the standard deviation of the targets about its predictions; NaN for classes
 * @param ridge with which it was fitted
 */
public record LinearExpert(FeatureMap map, LinearModel model, double scale, double deviation, double ridge)
        implements Expert {
    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if the model takes other features than the map gives, or the scale is not above 0
     */
    public LinearExpert {
        if (model.features() != map.outputDimension()) {
            throw new IllegalArgumentException(
                    "the model takes " + model.features() + " features, its map gives " + map.outputDimension());
        }
        checkScale(scale);
    }

    static void checkScale(double scale) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected a finite number above 0");
        }
    }

    @Override
    public String name() {
        return map.name();
    }

    /** Whether it sees functions of the features rather than the features, if rotated. */
    public boolean isBent() {
        return map instanceof RadialMap;
    }

    @Override
    public int inputDimension() {
        return map.inputDimension();
    }

    @Override
    public int outputs() {
        return model.loss().outputCount();
    }

    @Override
    public Matrix answers(Matrix x, Workers workers) {
        return answers(model, scale, map.combine(x, model.parameters(), workers));
    }

    @Override
    public Map<String, Number> settings() {
        Map<String, Number> result = new LinkedHashMap<>();
        result.put("features", map.outputDimension());
        result.put("ridge", ridge);
        result.put("scale", scale);
        return result;
    }

    /**
     * n x C log-probabilities, or n x 1 predictions, of a model.
     *
     * @param seen n x model.features(), what it sees of the rows
     */
    public static Matrix answers(LinearModel model, double scale, Matrix seen, Workers workers) {
        return answers(model, scale, model.logits(seen, workers));
    }

    private static Matrix answers(LinearModel model, double scale, Matrix logits) {
        int outputs = model.loss().outputCount();
        if (outputs == 1) {
            return logits;
        }
        Matrix result = logits;
        if (logits.columns() != outputs) {
            // one logit for two classes: that of the second, the first being 0
            result = new Matrix(logits.rows(), outputs);
            for (int i = 0; i < logits.rows(); i++) {
                result.set(i, 1, logits.get(i, 0));
            }
        }
        double[] values = result.values();
        Arrays.setAll(values, k -> scale * values[k]);
        LogSumExp.normaliseRows(result);
        return result;
    }
}
