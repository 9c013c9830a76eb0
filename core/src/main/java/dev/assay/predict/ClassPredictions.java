package dev.assay.predict;

import dev.assay.data.InvalidInputException;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import java.util.List;

/**
 * Predicted classes.
 *
 * @param names of the classes; a class code is an index into them
 * @param logProbabilities log p(y|x), n x C, in nats
 * @param blocks b_ik, n x K
 */
public record ClassPredictions(List<String> names, Matrix logProbabilities, Matrix blocks) implements Predictions {
    /** Copies the names. */
    public ClassPredictions {
        names = List.copyOf(names);
    }

    /** p(y|x), n x C. */
    public Matrix probabilities() {
        Matrix result = logProbabilities.copy();
        double[] values = result.values();
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(values[j]);
        }
        return result;
    }

    /** The code of the likeliest class of each row, the first of them on a tie. */
    public int[] codes() {
        int[] result = new int[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Routing.likeliest(logProbabilities, i);
        }
        return result;
    }

    @Override
    public double[] certainties() {
        int[] codes = codes();
        double[] result = new double[codes.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.exp(logProbabilities.get(i, codes[i]));
        }
        return result;
    }

    @Override
    public double[] logLikelihoods(Targets targets) {
        double[] result = new double[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = logProbabilities.get(i, (int) targets.value(i));
        }
        return result;
    }

    /**
     * Which rows are left without a prediction: those whose likeliest class has a probability below the threshold.
     *
     * @throws InvalidInputException if the threshold is not between 0 and 1
     */
    public boolean[] abstained(double threshold) {
        if (!(threshold >= 0) || !(threshold <= 1)) {
            throw new InvalidInputException(
                    "abstaining below a probability of " + threshold + ": expected a number from 0 to 1");
        }
        double[] certainties = certainties();
        boolean[] result = new boolean[certainties.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = certainties[i] < threshold;
        }
        return result;
    }
}
