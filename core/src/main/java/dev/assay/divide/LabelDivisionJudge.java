package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import dev.assay.noise.LabelJudge;
import java.util.List;

/**
 * {@link DivisionJudge} of one block: block 0 are the labels that its judge does not trust.
 *
 * @param judge of one function
 */
public record LabelDivisionJudge(LabelJudge judge) implements RowScores {
    @Override
    public List<String> names() {
        return List.of("block", "outOfFoldProbability", "suggestion", "suggestedProbability", "p_0", "p_1");
    }

    @Override
    public Matrix of(Dataset block) {
        Matrix said = judge.of(block);
        Matrix result = new Matrix(block.size(), names().size());
        for (int i = 0; i < block.size(); i++) {
            double trust = judge.isNoisy() ? said.get(i, LabelJudge.TRUST) : 1;
            result.set(i, DivisionJudge.ASSIGNED, trust > 1 - trust ? 1 : 0);
            result.set(i, DivisionJudge.OUT_OF_FOLD_PROBABILITY, said.get(i, LabelJudge.OUT_OF_FOLD_PROBABILITY));
            result.set(i, DivisionJudge.SUGGESTION, said.get(i, LabelJudge.SUGGESTION));
            result.set(i, DivisionJudge.SUGGESTED_PROBABILITY, said.get(i, LabelJudge.SUGGESTED_PROBABILITY));
            result.set(i, DivisionJudge.POSTERIORS, 1 - trust);
            result.set(i, DivisionJudge.POSTERIORS + 1, trust);
        }
        return result;
    }
}
