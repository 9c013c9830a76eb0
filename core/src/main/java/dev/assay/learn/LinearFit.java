package dev.assay.learn;

import java.util.List;

/**
 * What {@link LinearLearner} came to, with what another fit may begin from or be pulled towards.
 *
 * @param fitted the expert and its answers
 * @param view how it sees the features
 * @param partParameters of the experts that did not see a part
 * @param tried what was compared
 */
record LinearFit(CrossFittedExpert fitted, FeatureView view, List<double[]> partParameters, List<Tried> tried) {
    /** Copies the lists. */
    LinearFit {
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
    record Tried(String view, boolean borrowed, double ridge, double evidence) {}

    /** Theta of the expert of all rows. */
    double[] theta() {
        return ((LinearExpert) fitted.expert()).model().theta();
    }
}
