package dev.assay.divide;

import dev.assay.data.SamplingUnits;
import dev.assay.learn.Evidence;
import dev.assay.learn.PairedGain;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.MixtureSearch;
import dev.assay.noise.WrongLabels;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of the labels, and how well it explains labels that it did not see. What reports tell of it is a {@link Candidate}.
 *
 * @param blocks K
 * @param unexplained whether block 0 is in it
 * @param view {@code linear}, {@code radial} or the name of a learner
 * @param gate {@code constant} or {@code features}
 * @param logLikelihoods of the labels of the rows that all hypotheses are judged by, in nats
 * @param responsibilities of the mixture that was found for all rows, n x (K + 1), worked out when asked for; null for one expert with wrong
 *     labels or without
 */
record Hypothesis(
        int blocks,
        boolean unexplained,
        String view,
        String gate,
        double[] logLikelihoods,
        @Nullable Supplier<Matrix> responsibilities) {
    /** One function, with wrong labels or without, judged on some of the rows. */
    static Hypothesis ofOneBlock(WrongLabels.Evidence evidence, int[] rows, boolean noisy) {
        double[] all = noisy ? evidence.noisy() : evidence.plain();
        double[] own = IntStream.of(rows)
                .mapToDouble(row -> all[Arrays.binarySearch(evidence.rows(), row)])
                .toArray();
        return new Hypothesis(1, noisy, noisy ? evidence.view() : evidence.plainView(), "constant", own, null);
    }

    /** A mixture of linear experts. */
    static Hypothesis of(MixtureSearch.Found found, Supplier<Matrix> responsibilities) {
        return new Hypothesis(
                found.blocks(),
                found.state().unexplained(),
                "linear",
                found.state().isGated() ? "features" : "constant",
                found.logLikelihoods(),
                responsibilities);
    }

    /** How much more of the labels this one explains. */
    PairedGain over(Hypothesis other, SamplingUnits units) {
        return PairedGain.of(logLikelihoods, other.logLikelihoods, units);
    }

    /** Mean log-likelihood of a row, in nats. */
    double evidence(double[] weights) {
        return Evidence.perRow(logLikelihoods, weights);
    }
}
