package dev.assay.predict;

import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;

/** What a routed model says of rows, in their order. */
public sealed interface Predictions permits ClassPredictions, RealPredictions {
    /** b_ik: the probability of blocks 1 to K of each row (block k in column k - 1), from its features alone or as given; n x K. */
    Matrix blocks();

    /**
     * How sure each prediction is; higher = surer: the probability of the predicted class, or minus the standard deviation in
     * the user's units.
     */
    double[] certainties();

    /**
     * log p(y_i|x_i), in nats; higher is better. For numbers the log-density in the user's units.
     *
     * @param targets class codes of the model's own classes; numbers as their targets say what the user's units are
     */
    double[] logLikelihoods(Targets targets);

    /** n. */
    default int size() {
        return blocks().rows();
    }

    /** The likeliest block of each row, 1 to K, the first of them on a tie. */
    default int[] likeliestBlocks() {
        int[] result = new int[size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = 1 + Routing.likeliest(blocks(), i);
        }
        return result;
    }
}
