package dev.assay.divide;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.learn.Expert;
import dev.assay.linalg.Matrix;
import dev.assay.mixture.Mixture;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows that had no part in a division into its blocks, by its experts, none of which saw them: posteriors in proportion to g_k(x)
 * p_k(y|x), with g_0 u(y) for block 0.
 *
 * @param division of the rows that were looked at
 * @param mixture shares g and the labels of block 0
 * @param gate who says log-shares of blocks 1 to K given x; null where they are constant
 */
public record DivisionJudge(
        Division division, Mixture mixture, @Nullable Gate gate) implements RowScores {
    /** Shares that depend on x. */
    @FunctionalInterface
    public interface Gate {
        /** log g_k(x), n x K, in nats. */
        Matrix logShares(Matrix features, Workers workers);
    }

    private static final Workers ALONE = Workers.of(1);

    /** Columns of {@link #of} before the posteriors. */
    public static final int ASSIGNED = 0;

    public static final int OUT_OF_FOLD_PROBABILITY = 1;
    public static final int SUGGESTION = 2;
    public static final int SUGGESTED_PROBABILITY = 3;

    /** The posterior of block 0; those of blocks 1 to K follow. */
    public static final int POSTERIORS = 4;

    /**
     * Of a division.
     *
     * @param gate who says the shares given x, where the division found that they depend on x
     */
    public static DivisionJudge of(Division division, @Nullable Gate gate) {
        Mixture mixture = Mixture.normalised(division.data(), division.posteriors(), division.unexplainedShare() > 0);
        return new DivisionJudge(division, mixture, division.isGated() ? gate : null);
    }

    @Override
    public List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("block", "outOfFoldProbability", "suggestion", "suggestedProbability"));
        IntStream.rangeClosed(0, division.blocks().size()).forEach(b -> names.add("p_" + b));
        return names;
    }

    /** The likeliest block, the probability of the label under the explained part, the label of the row's own block, and the posteriors. */
    @Override
    public Matrix of(Dataset block) {
        int n = block.size();
        int k = division.blocks().size();
        boolean classes = block.targets() instanceof ClassTargets;
        List<Matrix> answers = new ArrayList<>();
        Matrix said = new Matrix(n, k);
        for (int b = 0; b < k; b++) {
            Expert expert = division.blocks().get(b).expert();
            Matrix own = expert.answers(block.features(), ALONE);
            double[] likelihoods = Expert.logLikelihoods(own, block.targets(), expert.deviation());
            for (int i = 0; i < n; i++) {
                said.set(i, b, likelihoods[i]);
            }
            answers.add(own);
        }
        Gate given = gate;
        Matrix gated = given == null ? null : given.logShares(block.features(), ALONE);
        Matrix posteriors = mixture.explain(block.targets(), said, gated).posteriors();
        Matrix logShares = gated == null ? constant(n) : gated;
        double[] probability = Mixture.logLikelihoods(said, logShares);
        Matrix result = new Matrix(n, POSTERIORS + k + 1);
        for (int i = 0; i < n; i++) {
            int assigned = likeliest(posteriors, i);
            int own = assigned > 0 ? assigned : division.knownBlock(logShares, said, i);
            result.set(i, ASSIGNED, assigned);
            result.set(i, OUT_OF_FOLD_PROBABILITY, Math.exp(probability[i]));
            Matrix ofOwn = answers.get(Math.max(1, own) - 1);
            int best = classes ? likeliest(ofOwn, i) : 0;
            boolean known = own > 0 || !classes;
            result.set(i, SUGGESTION, !known ? block.targets().value(i) : classes ? best : ofOwn.get(i, 0));
            result.set(i, SUGGESTED_PROBABILITY, known && classes ? Math.exp(ofOwn.get(i, best)) : Double.NaN);
            for (int b = 0; b <= k; b++) {
                result.set(i, POSTERIORS + b, posteriors.get(i, b));
            }
        }
        return result;
    }

    private Matrix constant(int n) {
        double[] shares =
                Arrays.stream(division.explainedShares()).map(Math::log).toArray();
        Matrix result = new Matrix(n, shares.length);
        for (int i = 0; i < n; i++) {
            System.arraycopy(shares, 0, result.values(), result.offset(i), shares.length);
        }
        return result;
    }

    private static int likeliest(Matrix rows, int row) {
        int best = 0;
        for (int c = 1; c < rows.columns(); c++) {
            best = rows.get(row, c) > rows.get(row, best) ? c : best;
        }
        return best;
    }
}
