package dev.assay.noise;

import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.function.UnaryOperator;

/** Experts of one kind for given rows, one for each part, that are taught round by round; they may go on from where a round left them. */
interface RetrainableExperts {
    /** n x C log-probabilities, or n x 1 predictions: the mean of what they say of these rows before they are taught, times a scale. */
    Matrix untaught(double scale, Workers workers);

    /**
     * Teaches them.
     *
     * @param noise in the labels, as all experts see it
     * @param sharpness of the posteriors, see {@link LabelNoise#corrected}
     * @param seenThrough whether to see the labels through the noise rather than to take the posterior for them, where that is not the same
     * @return of each row, what the expert of its part says, which was not taught with it
     */
    Matrix teach(Folds parts, LabelNoise noise, double sharpness, boolean seenThrough, Workers workers);

    /** One expert that was taught with all these rows: from features to answers. */
    UnaryOperator<Matrix> teachOne(LabelNoise noise, Workers workers);
}
