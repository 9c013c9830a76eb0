package dev.assay.divide;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data set taken apart: p(y|x) = sum_k g_k(x) p_k(y|x) + g_0 u(y), with blocks 1 to K, largest first, and block 0, the
 * labels that nothing explains. All that is said of a row comes from models that were not trained with it.
 *
 * @param data what was divided
 * @param verdict homogeneous, noisy or mixed
 * @param blocks blocks 1 to K (block k at index k - 1)
 * @param posteriors n x (K + 1) posterior probability of each block given features and label, block 0 in column 0
 * @param assigned the block of each row, 0 to K: that of the highest posterior
 * @param expertLogLikelihoods n x K, log p_k(y_i|x_i), in nats (log-density in standardised units for regression)
 * @param logShares n x K, log of the blocks' shares given x_i alone, without block 0, by a gate that did not see the row
 * @param outOfFoldProbability probability (for regression density in standardised units) of each row's own label under the
 *     explained part of the mixture; lower = more suspicious
 * @param suggestion class code or standardised value that the expert of the row's own block would expect of it
 * @param suggestedProbability of the suggested class; NaN for regression
 * @param unexplainedShare g_0, the share of labels that nothing explains
 * @param gate {@code constant}, or {@code features} where the shares depend on x
 * @param candidates the numbers of blocks that were considered and their evidence, the simplest first
 * @param explanation what was chosen from the data and why, one sentence each
 * @param labels what one function says of each label; null where nobody asked, or there are too few rows
 * @param answers of the experts of several blocks; null where one function says all
 */
public record Division(
        Dataset data,
        Verdict verdict,
        List<Block> blocks,
        Matrix posteriors,
        int[] assigned,
        Matrix expertLogLikelihoods,
        Matrix logShares,
        double[] outOfFoldProbability,
        double[] suggestion,
        double[] suggestedProbability,
        double unexplainedShare,
        String gate,
        List<Candidate> candidates,
        List<String> explanation,
        @Nullable WrongLabels labels,
        @Nullable BlockAnswers answers) {
    /** From this share on, a row's block is known without its label. */
    private static final double KNOWN = 0.8;

    /** Copies the lists. */
    public Division {
        blocks = List.copyOf(blocks);
        candidates = List.copyOf(candidates);
        explanation = List.copyOf(explanation);
    }

    /** Responsibilities of the blocks without block 0, n x K; the rows of block 0 sum to about 0. */
    public Matrix responsibilities() {
        int k = blocks.size();
        Matrix result = new Matrix(data.size(), k);
        for (int i = 0; i < data.size(); i++) {
            for (int block = 0; block < k; block++) {
                result.set(i, block, posteriors.get(i, block + 1));
            }
        }
        return result;
    }

    /** The block 1 to K that a row most likely belongs to, whatever it was assigned to; the first of them on a tie. */
    public int likeliestBlock(int row) {
        int best = 1;
        for (int k = 2; k < posteriors.columns(); k++) {
            best = posteriors.get(row, k) > posteriors.get(row, best) ? k : best;
        }
        return best;
    }

    /** Whether the label of a row is taken for wrong, so that another one is to be suggested. */
    public boolean isSuggested(int row) {
        return assigned[row] == 0;
    }

    /**
     * The same where more is known of the block of a row without its label. A row is suggested what the expert of its own block
     * says: of one in block 0 that of the block that is known without its label; where none is, numbers come from the
     * expert that is nearest to the label, and classes stay as they are. A mean of experts is the rule of none.
     *
     * @param known n x K, log of the blocks' shares given what is known of the row but its label
     */
    public Division suggesting(Matrix known) {
        BlockAnswers said = answers;
        if (said == null) {
            return this;
        }
        double[] expected = suggestion.clone();
        double[] probability = suggestedProbability.clone();
        for (int i = 0; i < expected.length; i++) {
            int own = assigned[i] > 0 ? assigned[i] : knownBlock(known, expertLogLikelihoods, i);
            if (own > 0) {
                expected[i] = said.suggestion().get(i, own - 1);
                probability[i] = said.probability().get(i, own - 1);
            }
        }
        return new Division(
                data,
                verdict,
                blocks,
                posteriors,
                assigned,
                expertLogLikelihoods,
                logShares,
                outOfFoldProbability,
                expected,
                probability,
                unexplainedShare,
                gate,
                candidates,
                explanation,
                labels,
                answers);
    }

    /** Whether the shares of the blocks depend on x. */
    public boolean isGated() {
        return gate.equals("features");
    }

    /**
     * The block of a row whose label nothing explains; 0 where it cannot be told, and need not.
     *
     * @param known log of the blocks' shares given what is known of the rows but their labels, n x K
     * @param said log p_k(y_i|x_i), n x K
     */
    int knownBlock(Matrix known, Matrix said, int row) {
        int likeliest = 0;
        int nearest = 0;
        for (int k = 1; k < known.columns(); k++) {
            likeliest = known.get(row, k) > known.get(row, likeliest) ? k : likeliest;
            double joint = known.get(row, k) + said.get(row, k);
            nearest = joint > known.get(row, nearest) + said.get(row, nearest) ? k : nearest;
        }
        if (known.get(row, likeliest) >= Math.log(KNOWN)) {
            return likeliest + 1;
        }
        return data.targets() instanceof ClassTargets ? 0 : nearest + 1;
    }

    /** g: the shares of blocks 1 to K without block 0, none below 1e-9, adding up to 1. */
    public double[] explainedShares() {
        double[] shares = blocks.stream().mapToDouble(Block::share).toArray();
        double total = 0;
        for (double share : shares) {
            total += share;
        }
        double floored = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = Math.max(1e-9, shares[k] / total);
            floored += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= floored;
        }
        return shares;
    }

    /** H of the paper: the entropy of the shares of blocks 1 to K, in nats; 0 for one block. */
    public double shareEntropy() {
        double total = 0;
        for (Block block : blocks) {
            total += block.share();
        }
        double entropy = 0;
        for (Block block : blocks) {
            double share = block.share() / total;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return entropy;
    }
}
