package dev.assay.noise;

import dev.assay.linalg.Matrix;
import java.util.Arrays;

/**
 * The label that each row should have.
 *
 * @param labels code of the likeliest true class, or the prediction
 * @param probabilities of it; NaN for numbers
 */
record Suggestions(double[] labels, double[] probabilities) {
    /** By what is known of the labels where they are noisy, by the answers alone elsewhere. */
    static Suggestions of(LabelNoise noise, boolean noisy) {
        int n = noise.trust().length;
        double[] labels = new double[n];
        double[] probabilities = new double[n];
        if (!(noise instanceof TransitionMatrixNoise classes) || noise.answers().columns() == 1) {
            Arrays.setAll(labels, i -> noise.answers().get(i, 0));
            Arrays.fill(probabilities, Double.NaN);
            return new Suggestions(labels, probabilities);
        }
        Matrix expected = noisy ? classes.posteriors() : classes.answers();
        for (int i = 0; i < n; i++) {
            int best = 0;
            for (int c = 1; c < expected.columns(); c++) {
                best = expected.get(i, c) > expected.get(i, best) ? c : best;
            }
            labels[i] = best;
            probabilities[i] = noisy ? expected.get(i, best) : Math.exp(expected.get(i, best));
        }
        return new Suggestions(labels, probabilities);
    }
}
