package dev.assay.predict;

import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.route.Shares;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.Locale;

/**
 * New shares of the blocks from rows without labels, where blocks have become rarer or more frequent but each looks as it did
 * (Saerens, Latinne and Decaestecker 2002): the shares q under which sum_i log sum_k (q_k / g_k) g_k(x_i) is largest, by
 * expectation maximisation from g. That function is concave in q.
 *
 * <p>All of it rests on what the router reads from x. Where x says nothing about the block, g_k(x) = g_k and every q is as
 * good as any other: nothing can be adapted, and nothing is. Nor is anything where the gain is what chance would give.
 *
 * @param before g, the shares in training
 * @param after q, the shares of the batch; equal to {@code before} where there was no evidence for others
 * @param gain by how much the log-likelihood of the batch rises, in nats, over all rows; at least 0
 * @param rounds of expectation maximisation
 */
public record ShareAdaptation(double[] before, double[] after, double gain, int rounds) {
    private static final int LARGEST_ROUNDS = 10_000;
    private static final double SMALL_MOVE = 1e-7;
    /** About the 95 % point of half a chi-squared variable, for each share that is free. */
    private static final double CHANCE_GAIN = 2;

    /**
     * Estimates the shares.
     *
     * @param x n x d, the bias last
     */
    public static ShareAdaptation of(RoutedModel model, Matrix x, Workers workers) {
        return of(model.router().logShares(x, workers), model.shares());
    }

    /**
     * The same from log g_k(x_i).
     *
     * @param logShares n x K
     */
    public static ShareAdaptation of(Matrix logShares, double[] before) {
        double[] shares = before.clone();
        int rounds = 0;
        double move = Double.POSITIVE_INFINITY;
        while (rounds < LARGEST_ROUNDS && move > SMALL_MOVE && logShares.rows() > 0) {
            double[] next = expected(logShares, before, shares);
            move = distance(shares, next);
            shares = next;
            rounds++;
        }
        double gain = Math.max(0, logLikelihood(logShares, before, shares));
        boolean evident = gain > CHANCE_GAIN * (before.length - 1);
        return new ShareAdaptation(before, evident ? shares : before.clone(), gain, rounds);
    }

    /** Half the sum of absolute differences: the share of rows that changed sides; 0 to 1. */
    public double moved() {
        return distance(before, after);
    }

    /** How to predict with the new shares. */
    public Routing routing() {
        return new Routing.Moved(after);
    }

    /** In words. */
    public String sentence() {
        if (before.length == 1) {
            return "There is one block: no shares to adapt.";
        }
        if (!(moved() > 0)) {
            return String.format(
                    Locale.ROOT,
                    "The batch gives no evidence that the shares of the blocks moved (%.2f nats for all rows).",
                    gain);
        }
        return String.format(
                Locale.ROOT,
                "The shares of the blocks moved from %s to %s: %.1f %% of the rows changed sides (%.1f nats for all rows).",
                percent(before),
                percent(after),
                100 * moved(),
                gain);
    }

    /** Mean over the rows of the block probabilities under other shares. */
    private static double[] expected(Matrix logShares, double[] before, double[] shares) {
        Matrix moved = Shares.moved(logShares, before, shares);
        double[] sums = new double[shares.length];
        for (int i = 0; i < moved.rows(); i++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += Math.exp(moved.get(i, k));
            }
        }
        return Shares.of(sums);
    }

    /** sum_i log sum_k (q_k / g_k) g_k(x_i): 0 at q = g. */
    static double logLikelihood(Matrix logShares, double[] before, double[] shares) {
        double sum = 0;
        double[] terms = new double[shares.length];
        for (int i = 0; i < logShares.rows(); i++) {
            for (int k = 0; k < terms.length; k++) {
                terms[k] = logShares.get(i, k) + Math.log(shares[k]) - Math.log(before[k]);
            }
            sum += LogSumExp.of(terms);
        }
        return sum;
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += Math.abs(a[k] - b[k]) / 2;
        }
        return sum;
    }

    private static String percent(double[] shares) {
        return String.join(
                " / ",
                Arrays.stream(shares)
                        .mapToObj(share -> String.format(Locale.ROOT, "%.1f", 100 * share))
                        .toList());
    }
}
