package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.linalg.Matrix;
import dev.assay.noise.WrongLabels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is made of, before anything is done with it: the one judgement that all commands share.
 *
 * @param verdict homogeneous, noisy or mixed, or that there are too few rows to tell
 * @param labels what one function says of each label; null where there are too few rows
 * @param responsibilities n x (K + 1), by which experts of the blocks are trained, block 0 in column 0
 * @param unexplained whether block 0 takes part
 * @param candidates what was considered, and the evidence
 * @param explanation what was chosen and why, one sentence each
 */
public record Judgement(
        Dataset data,
        Verdict verdict,
        @Nullable WrongLabels labels,
        Matrix responsibilities,
        boolean unexplained,
        List<Candidate> candidates,
        List<String> explanation) {
    /** Copies the lists. */
    public Judgement {
        candidates = List.copyOf(candidates);
        explanation = List.copyOf(explanation);
    }

    /** Too few rows for a verdict: one block of all. */
    static Judgement tooFew(Dataset data, String missing) {
        Matrix all = new Matrix(data.size(), 2);
        for (int i = 0; i < data.size(); i++) {
            all.set(i, 1, 1);
        }
        return new Judgement(
                data,
                Verdict.TOO_FEW_ROWS,
                null,
                all,
                false,
                List.of(),
                List.of("too few rows for a verdict: " + missing));
    }

    /** One block, in which a row counts unless its label is wrong. */
    static Judgement oneBlock(Dataset data, WrongLabels labels, List<Candidate> candidates, List<String> explanation) {
        Matrix responsibilities = new Matrix(data.size(), 2);
        for (int i = 0; i < data.size(); i++) {
            responsibilities.set(i, labels.isWrong(i) ? 0 : 1, 1);
        }
        return new Judgement(
                data,
                labels.noisy() ? Verdict.NOISY : Verdict.HOMOGENEOUS,
                labels,
                responsibilities,
                labels.noisy(),
                candidates,
                explanation);
    }

    /** Posterior probabilities of block 0 and of the one block: n x 2. */
    static Matrix trusted(WrongLabels labels) {
        int n = labels.trust().length;
        Matrix result = new Matrix(n, 2);
        for (int i = 0; i < n; i++) {
            double trust = labels.noisy() ? labels.trust()[i] : 1;
            result.set(i, 0, 1 - trust);
            result.set(i, 1, trust);
        }
        return result;
    }
}
