package dev.assay.learn;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import java.util.List;

/**
 * An expert of a block, and what experts made in the same way say of rows that they did not see.
 *
 * @param expert trained on all rows of the block
 * @param answers n x C log-probabilities, calibrated, or n x 1 predictions: of each row by an expert that was not trained with it, also of
 *     rows outside of the block
 * @param logLikelihoods log p(y_i|x_i) of each row by the same, in nats; higher is better
 * @param borrowed whether it leans on a model of all blocks, or is that model
 * @param reason what was chosen and why, in words
 * @param rivals what was not chosen
 */
public record CrossFittedExpert(
        Expert expert,
        Matrix answers,
        double[] logLikelihoods,
        boolean borrowed,
        String reason,
        List<ExpertRival> rivals) {
    /** Copies the list. */
    public CrossFittedExpert {
        rivals = List.copyOf(rivals);
    }

    /** One that was not chosen over anything. */
    public CrossFittedExpert(Expert expert, Matrix answers, double[] logLikelihoods, boolean borrowed, String reason) {
        this(expert, answers, logLikelihoods, borrowed, reason, List.of());
    }

    /**
     * An expert, calibrated by what experts made in the same way say of rows that they did not see.
     *
     * @param answers of the latter, n x C log-probabilities or n x 1 predictions
     * @param weights n, of each row in the block
     */
    public static CrossFittedExpert calibrated(
            Expert expert, Matrix answers, Dataset data, double[] weights, String reason) {
        Calibration calibration = Calibration.of(answers, data.targets(), weights);
        return new CrossFittedExpert(
                new CalibratedExpert(expert, calibration.scale(), calibration.deviation()),
                Calibration.scaled(answers, calibration.scale()),
                calibration.logLikelihoods(),
                false,
                reason);
    }

    /** The same, chosen over these. */
    CrossFittedExpert over(List<ExpertRival> others) {
        return new CrossFittedExpert(expert, answers, logLikelihoods, borrowed, reason, others);
    }
}
