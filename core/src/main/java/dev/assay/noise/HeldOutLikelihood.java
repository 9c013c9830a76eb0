package dev.assay.noise;

import dev.assay.data.Targets;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * How well answers explain labels of which some may be wrong: a label is right with probability 1 - e, or else any of the other
 * classes, and a number may be an outlier; e, and the scale of the answers or the deviation of the targets about them, are those
 * under which the labels are likeliest. In nats, higher is better. Whoever answered must not have seen the labels.
 *
 * @param total sum of the rows
 * @param wrongShare e, at most 1 - 1/C
 * @param rows each example's log-likelihood, its weight included
 */
public record HeldOutLikelihood(double total, double wrongShare, double[] rows) {
    /**
     * Fits the noise; O(n C) a step of expectation maximisation.
     *
     * @param answers n x C log-probabilities of the classes, or n x 1 predictions
     */
    public static HeldOutLikelihood of(Matrix answers, Targets targets, double[] weights, Workers workers) {
        LabelNoise noise = LabelNoise.even(answers, targets, weights, workers);
        double[] rows = noise.logLikelihoods().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= weights[i];
        }
        return new HeldOutLikelihood(Dense.dot(noise.logLikelihoods(), weights), noise.share(), rows);
    }
}
