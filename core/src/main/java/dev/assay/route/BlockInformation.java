package dev.assay.route;

import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.Locale;

/**
 * What x knows about the block: the mean over rows of sum_k r_ik log(g_k(x_i) / g_k), with g_k(x_i) from a router that did not
 * see the row and r_ik the posterior given features and label. It estimates the mutual information between x and the block
 * from below: a router that is wrong about unseen rows loses. Never above the entropy of the blocks.
 *
 * @param nats the information, 0 where it is not distinguishable from 0; larger = x knows more
 * @param standardError of the information
 * @param entropy of the blocks' shares, in nats: what there is to know
 */
public record BlockInformation(double nats, double standardError, double entropy) {
    /** Where there is one block. */
    public static final BlockInformation NONE = new BlockInformation(0, 0, 0);

    /** An estimate counts from so many standard errors above 0. */
    private static final double ERRORS = 2;

    /**
     * Estimates the information.
     *
     * @param heldOut n x K, log g_k(x_i) by routers that did not see the row
     */
    static BlockInformation of(RoutingProblem problem, Matrix heldOut) {
        double[] counts = problem.explained();
        double[] shares = RoutingProblem.shares(problem.masses(heldOut, counts));
        Matrix posterior = problem.masses(heldOut, ones(counts.length));
        double[] gains = new double[counts.length];
        for (int i = 0; i < gains.length; i++) {
            for (int k = 0; k < shares.length; k++) {
                gains[i] += posterior.get(i, k) * (heldOut.get(i, k) - Math.log(shares[k]));
            }
        }
        double error = RouterTuning.standardError(gains, counts);
        double nats = RouterTuning.mean(gains, counts);
        double entropy = Shares.entropy(shares);
        // posteriors lean on the router itself: only labels that it did help to predict speak for it
        double[] helped = problem.logLikelihoods(heldOut);
        double[] without = problem.logLikelihoods(Shares.normalised(new Matrix(counts.length, shares.length), shares));
        for (int i = 0; i < helped.length; i++) {
            helped[i] -= without[i];
        }
        boolean helps = RouterTuning.mean(helped, counts) > ERRORS * RouterTuning.standardError(helped, counts);
        boolean known = helps && nats > ERRORS * error;
        return new BlockInformation(known ? Math.min(nats, entropy) : 0, error, entropy);
    }

    /** The information over the entropy, between 0 and 1; 0 for one block. */
    public double share() {
        return entropy > 0 ? nats / entropy : 0;
    }

    /** Whether x says anything about the block. */
    public boolean isKnown() {
        return nats > 0;
    }

    /** In words. */
    public String sentence() {
        if (!(entropy > 0)) {
            return "There is one block: nothing to route.";
        }
        if (!isKnown()) {
            return "The features say nothing about the block that would help to predict labels: predictions are those of"
                    + " the mixture, unless the block is given.";
        }
        return String.format(
                Locale.ROOT,
                "The features know %.3f nats (standard error %.3f) of the %.3f nats that tell the blocks apart: %.0f %%.",
                nats,
                standardError,
                entropy,
                100 * share());
    }

    private static double[] ones(int count) {
        double[] result = new double[count];
        Arrays.fill(result, 1);
        return result;
    }
}
