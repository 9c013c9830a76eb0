package dev.assay.tribuo;

import dev.assay.data.InvalidInputException;
import dev.assay.io.model.SavedModel;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.Predictions;
import dev.assay.predict.RealPredictions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * What is predicted, as outputs of Tribuo.
 *
 * @param <T> what is predicted
 */
interface PredictedOutputs<T extends Output<T>> {
    /** The prediction of one row. */
    Prediction<T> prediction(Predictions predictions, int row, int used, Example<T> example);

    /** Whether there is a probability for each output, which numbers have not. */
    static boolean areProbabilities(SavedModel saved) {
        return saved.model().labels() instanceof LabelSpace.Classes;
    }

    /**
     * For the outputs of a domain.
     *
     * @throws InvalidInputException if a class of the model is not in the domain
     */
    @SuppressWarnings("unchecked") // an output of the domain is of its type
    static <T extends Output<T>> PredictedOutputs<T> of(SavedModel saved, ImmutableOutputInfo<T> domain) {
        if (saved.model().labels() instanceof LabelSpace.Classes classes) {
            Map<String, T> known = new HashMap<>();
            for (T output : domain.getDomain()) {
                if (output instanceof Label label) {
                    known.put(label.getLabel(), output);
                }
            }
            for (String name : classes.names()) {
                if (!known.containsKey(name)) {
                    throw new InvalidInputException(
                            "the model knows the class '" + name + "', which its outputs have not");
                }
            }
            return (PredictedOutputs<T>) new Classes(classes.names());
        }
        return (PredictedOutputs<T>) new Numbers(saved.form().label());
    }

    /**
     * Classes with their probabilities.
     *
     * @param names in the order of the model
     */
    record Classes(List<String> names) implements PredictedOutputs<Label> {
        @Override
        public Prediction<Label> prediction(Predictions predictions, int row, int used, Example<Label> example) {
            ClassPredictions classes = (ClassPredictions) predictions;
            Map<String, Label> scores = new LinkedHashMap<>();
            for (int c = 0; c < names.size(); c++) {
                double probability = Math.exp(classes.logProbabilities().get(row, c));
                scores.put(names.get(c), new Label(names.get(c), probability));
            }
            Label likeliest = scores.get(names.get(classes.codes()[row]));
            return new Prediction<>(likeliest, scores, used, example, true);
        }
    }

    /**
     * Numbers with their variances.
     *
     * @param name of the one dimension
     */
    record Numbers(String name) implements PredictedOutputs<Regressor> {
        @Override
        public Prediction<Regressor> prediction(
                Predictions predictions, int row, int used, Example<Regressor> example) {
            RealPredictions reals = (RealPredictions) predictions;
            double deviation = reals.deviations()[row];
            return new Prediction<>(new Regressor(name, reals.means()[row], deviation * deviation), used, example);
        }
    }
}
