package dev.assay.learn;

import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import java.util.List;

/**
 * An expert of one block and what it says of rows that it did not see.
 *
 * @param expert trained on all rows of the block
 * @param view how it sees the features
 * @param parts of the data, each with an expert of its own that did not see it
 * @param partParameters of these experts
 * @param answers n x C log-probabilities with the calibrating scale in them, or n x 1 predictions: of each row by the expert
 *     of its part, also of rows outside of the block
 * @param logLikelihoods log p(y_i|x_i) of each row by the same, in nats; higher is better
 * @param tried what was compared
 * @param borrowed whether its ridge pulls towards the common model, or it is the common model
 * @param reason what was chosen and why, in words
 */
public record TrainedExpert(
        Expert expert,
        ExpertView view,
        Parts parts,
        List<double[]> partParameters,
        Matrix answers,
        double[] logLikelihoods,
        List<Tried> tried,
        boolean borrowed,
        String reason) {
    /** Copies the lists. */
    public TrainedExpert {
        partParameters = List.copyOf(partParameters);
        tried = List.copyOf(tried);
    }

    /**
     * Something that was tried.
     *
     * @param view how it sees the features
     * @param borrowed whether its ridge pulls towards the common model
     * @param ridge that did best with it
     * @param evidence out-of-fold log-likelihood, in nats per row; higher is better
     */
    public record Tried(String view, boolean borrowed, double ridge, double evidence) {}

    /** The expert that did not see a part, with the same scale. */
    public Expert withoutPart(int part) {
        LinearModel model =
                new LinearModel(expert.model().loss(), expert.model().features(), partParameters.get(part));
        return new Expert(expert.map(), model, expert.scale(), expert.deviation(), expert.ridge());
    }
}
