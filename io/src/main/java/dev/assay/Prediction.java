package dev.assay;

import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a model says of one row.
 *
 * @param label the likeliest label, or the number as a text
 * @param number the number; empty for classes
 * @param deviation the standard deviation of the number; empty for classes
 * @param probabilities of each label, in the order of the training data; none for numbers
 * @param block the likeliest block, from 1
 * @param blocks the probability of each block
 */
public record Prediction(
        String label,
        OptionalDouble number,
        OptionalDouble deviation,
        Map<String, Double> probabilities,
        int block,
        List<Double> blocks) {

    /** One for each row. */
    static List<Prediction> all(Predictions predictions) {
        int[] likeliest = predictions.likeliestBlocks();
        List<Prediction> result = new ArrayList<>();
        if (predictions instanceof ClassPredictions classes) {
            int[] codes = classes.codes();
            for (int row = 0; row < codes.length; row++) {
                Map<String, Double> probabilities = new LinkedHashMap<>();
                for (int c = 0; c < classes.names().size(); c++) {
                    probabilities.put(
                            classes.names().get(c),
                            Math.exp(classes.logProbabilities().get(row, c)));
                }
                result.add(new Prediction(
                        classes.names().get(codes[row]),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        probabilities,
                        likeliest[row],
                        blocks(predictions, row)));
            }
        } else if (predictions instanceof RealPredictions reals) {
            double[] means = reals.means();
            double[] deviations = reals.deviations();
            for (int row = 0; row < means.length; row++) {
                result.add(new Prediction(
                        Double.toString(means[row]),
                        OptionalDouble.of(means[row]),
                        OptionalDouble.of(deviations[row]),
                        Map.of(),
                        likeliest[row],
                        blocks(predictions, row)));
            }
        }
        return result;
    }

    private static List<Double> blocks(Predictions predictions, int row) {
        return Arrays.stream(predictions.blocks().row(row)).boxed().toList();
    }
}
