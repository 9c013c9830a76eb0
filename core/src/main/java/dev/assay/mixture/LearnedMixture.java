package dev.assay.mixture;

import dev.assay.learn.Evidence;
import dev.assay.linalg.Matrix;
import java.util.List;

/**
 * A mixture whose experts are made by a learner, and what it says of the rows that it is fitted to.
 *
 * @param mixture shares of the blocks; without block 0
 * @param responsibilities n x (K + 1), block 0, which is empty, in column 0
 * @param expertLogLikelihoods n x K, in nats, by experts that did not see the row
 * @param logLikelihoods of each row under the mixture, in nats; higher is better
 * @param members how far the answers of blocks 1 to K are to be trusted
 */
public record LearnedMixture(
        Mixture mixture,
        Matrix responsibilities,
        Matrix expertLogLikelihoods,
        double[] logLikelihoods,
        List<Member> members) {
    /** Copies the list. */
    public LearnedMixture {
        members = List.copyOf(members);
    }

    /**
     * Of a block's experts.
     *
     * @param scale factor of their logits; 1 for numbers
     * @param deviation of the targets about their predictions; NaN for classes
     */
    record Member(double scale, double deviation) {}

    /** K. */
    public int blocks() {
        return members.size();
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        return Evidence.perRow(logLikelihoods, weights);
    }
}
