package dev.assay.predict;

import dev.assay.compare.GroupShares;
import dev.assay.data.Folds;
import dev.assay.divide.Division;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.route.Shares;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the source of a row says about its block: the shares q_s of the blocks among the rows of each source, by which the
 * router's answer is moved, b_k in proportion to (q_sk / g_k) g_k(x). A source may decide the block, or only make it likelier. Where
 * x knows the source already, q_s is g and nothing is counted twice ({@link GroupShares}).
 *
 * @param column the user's column that holds the source
 * @param names of the S sources
 * @param shares S x K, each row above 0 and adding up to 1
 */
public record SourceShares(String column, List<String> names, Matrix shares) {
    private static final int FOLDS = 5;
    private static final double[] PRIORS = {1, 4, 16, 64};
    /** Knowing the source has to explain more labels by so many standard errors. */
    private static final double ERRORS = 2;
    /** Nats per row that are not worth a question. */
    private static final double SMALL = 1e-3;

    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if they do not fit
     */
    public SourceShares {
        names = List.copyOf(names);
        if (names.isEmpty() || names.size() != shares.rows()) {
            throw new IllegalArgumentException(names.size() + " sources and shares of " + shares.rows());
        }
        for (int s = 0; s < names.size(); s++) {
            Shares.check(shares.row(s));
        }
    }

    /**
     * Shares of blocks by source, and what they are worth.
     *
     * @param shares of all rows
     * @param gain by how much knowing the source helps to predict the label of rows that had no part in the shares, in nats per
     *     explained row; higher is better, negative = it misleads
     * @param standardError of the gain, over rows
     * @param prior the rows of average blocks added to each source
     */
    public record Fitted(SourceShares shares, double gain, double standardError, double prior) {
        /** Whether rows that had no part in it say that knowing the source helps. */
        public boolean helps() {
            return gain > SMALL && gain > ERRORS * standardError;
        }
    }

    /**
     * Fits the shares by experts and routers that did not see the rows; how far they lean on the common ones, and what they are
     * worth, by five folds. O(n K) a round of some thousand.
     *
     * @param common g, the shares of blocks 1 to K whatever x is
     * @param gate n x K, log g_k(x_i) by routers or gates that did not see the row
     * @param sources the source of each row of the division, an index into {@code names}; -1 where it is not known
     */
    public static Fitted fit(
            Division division,
            double[] common,
            Matrix gate,
            String column,
            int[] sources,
            List<String> names,
            long seed,
            Workers workers) {
        double[] counts = GroupShares.explained(division);
        Matrix likelihoods = division.expertLogLikelihoods();
        int[] folds = Folds.of(division.data(), FOLDS, Seeds.child(seed, "source folds"), workers)
                .ofRow();
        double[] without = logLikelihoods(gate, likelihoods, null, null);
        List<double[]> gains = workers.mapBlocks(PRIORS.length, 1, (p, ignored) -> {
            double[] gain = new double[sources.length];
            for (int fold = 0; fold < FOLDS; fold++) {
                int[] others = sources.clone();
                int[] own = sources.clone();
                for (int i = 0; i < folds.length; i++) {
                    if (folds[i] == fold) {
                        others[i] = -1;
                    } else {
                        own[i] = -1;
                    }
                }
                Matrix shares = GroupShares.of(gate, likelihoods, counts, others, names.size(), common, PRIORS[p]);
                double[] with = logLikelihoods(gate, likelihoods, own, logRatios(shares, common));
                for (int i = 0; i < gain.length; i++) {
                    gain[i] += folds[i] == fold ? with[i] - without[i] : 0;
                }
            }
            return gain;
        });
        double total = Arrays.stream(counts).sum();
        int best = 0;
        double[] means = new double[PRIORS.length];
        for (int p = 0; p < PRIORS.length; p++) {
            for (int i = 0; i < counts.length; i++) {
                means[p] += counts[i] * gains.get(p)[i] / total;
            }
            best = means[p] > means[best] ? p : best;
        }
        double squares = 0;
        for (int i = 0; i < counts.length; i++) {
            double one = counts[i] * (gains.get(best)[i] - means[best]) / total;
            squares += one * one;
        }
        Matrix shares = GroupShares.of(gate, likelihoods, counts, sources, names.size(), common, PRIORS[best]);
        return new Fitted(new SourceShares(column, names, shares), means[best], Math.sqrt(squares), PRIORS[best]);
    }

    /** log sum_k b_ik p_k(y_i|x_i), the gate moved for rows of a known source. */
    private static double[] logLikelihoods(
            Matrix gate, Matrix likelihoods, int @Nullable [] sources, @Nullable Matrix ratios) {
        double[] result = new double[gate.rows()];
        double[] moved = new double[gate.columns()];
        double[] joint = new double[gate.columns()];
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < moved.length; k++) {
                moved[k] = gate.get(i, k)
                        + (ratios == null || sources == null || sources[i] < 0 ? 0 : ratios.get(sources[i], k));
                joint[k] = moved[k] + likelihoods.get(i, k);
            }
            result[i] = LogSumExp.of(joint) - LogSumExp.of(moved);
        }
        return result;
    }

    private static Matrix logRatios(Matrix shares, double[] common) {
        Matrix result = new Matrix(shares.rows(), shares.columns());
        for (int s = 0; s < shares.rows(); s++) {
            for (int k = 0; k < common.length; k++) {
                result.set(s, k, Math.log(shares.get(s, k)) - Math.log(common[k]));
            }
        }
        return result;
    }

    /** The block that a source decides, 1 to K: that with a share of at least the given one; 0 where there is none. */
    public int block(int source, double least) {
        int likeliest = Routing.likeliest(shares, source);
        return shares.get(source, likeliest) >= least ? likeliest + 1 : 0;
    }

    /**
     * Log of the shares of the blocks of rows of these sources, n x K.
     *
     * @param others n x K, of rows of no known source
     * @param texts what stands in the column
     */
    public Matrix logShares(Matrix others, List<String> texts) {
        int[] codes = codes(texts);
        Matrix result = others.copy();
        for (int i = 0; i < codes.length; i++) {
            for (int k = 0; k < shares.columns() && codes[i] >= 0; k++) {
                result.set(i, k, Math.log(shares.get(codes[i], k)));
            }
        }
        return result;
    }

    /** The place of each text among the sources, spaces around it aside; -1 where it is none of them. */
    public int[] codes(List<String> texts) {
        Map<String, Integer> places = new HashMap<>();
        for (int s = 0; s < names.size(); s++) {
            places.putIfAbsent(names.get(s).strip(), s);
        }
        return texts.stream()
                .mapToInt(text -> places.getOrDefault(text.strip(), -1))
                .toArray();
    }

    /**
     * How to predict rows of these sources.
     *
     * @param texts what stands in the column; rows of no known source are routed by their features alone
     */
    public Routing routing(List<String> texts) {
        return new Routing.Sourced(codes(texts), shares);
    }
}
