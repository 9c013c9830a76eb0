package dev.assay.noise;

import dev.assay.linalg.Dense;
import java.util.Comparator;
import java.util.List;

/**
 * Experts that were tried on a sample of the rows.
 *
 * @param plain log-likelihood of each label, in nats, under experts that take all labels for right
 * @param noise the noise, fitted to what experts that know of it said of rows they had not seen
 */
record ExpertTrial(TriedExperts experts, double[] plain, LabelNoise noise) {
    double evidence(double[] weights) {
        return Dense.dot(weights, noise.logLikelihoods());
    }

    double plainEvidence(double[] weights) {
        return Dense.dot(weights, plain);
    }

    /** The one that says most with all labels taken for right. */
    static ExpertTrial plainest(List<ExpertTrial> trials, double[] weights) {
        return trials.stream()
                .max(Comparator.comparingDouble(one -> one.plainEvidence(weights)))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    static ExpertTrial highest(List<ExpertTrial> trials, double[] weights) {
        return trials.stream()
                .max(Comparator.comparingDouble(one -> one.evidence(weights)))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }
}
