package dev.assay.judge;

import dev.assay.data.Dataset;
import dev.assay.divide.DivisionJudge;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import dev.assay.noise.LabelJudge;
import dev.assay.noise.WrongLabels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a purification says of rows that had no part in it, by experts that did not see them.
 *
 * @param labels the judge of one function, or null
 * @param division that of blocks, of which the first is kept; null where the data is not mixed
 */
public record FurtherRows(
        @Nullable LabelJudge labels, @Nullable DivisionJudge division) implements RowScores {
    /** Columns of {@link #of}; 1 in the first where the row is removed, in the fourth where another label is suggested. */
    public static final int REMOVED = 0;

    public static final int TRUST = 1;
    public static final int OUT_OF_FOLD_PROBABILITY = 2;
    public static final int SUGGESTED = 3;
    public static final int SUGGESTION = 4;
    public static final int SUGGESTED_PROBABILITY = 5;

    private static final int COLUMNS = 6;

    @Override
    public List<String> names() {
        return List.of("removed", "trust", "outOfFoldProbability", "suggested", "suggestion", "suggestedProbability");
    }

    @Override
    public Matrix of(Dataset block) {
        Matrix result = new Matrix(block.size(), COLUMNS);
        DivisionJudge blocks = division;
        LabelJudge one = labels;
        if (blocks != null) {
            Matrix said = blocks.of(block);
            for (int i = 0; i < block.size(); i++) {
                double assigned = said.get(i, DivisionJudge.ASSIGNED);
                set(
                        result,
                        i,
                        assigned != 1,
                        said.get(i, DivisionJudge.POSTERIORS + 1),
                        said.get(i, DivisionJudge.OUT_OF_FOLD_PROBABILITY),
                        // a row of another block is right by its own rule
                        assigned == 0,
                        said.get(i, DivisionJudge.SUGGESTION),
                        said.get(i, DivisionJudge.SUGGESTED_PROBABILITY));
            }
        } else if (one != null) {
            Matrix said = one.of(block);
            for (int i = 0; i < block.size(); i++) {
                double trust = said.get(i, LabelJudge.TRUST);
                boolean wrong = one.isNoisy() && trust < WrongLabels.LEAST_TRUST;
                set(
                        result,
                        i,
                        wrong,
                        trust,
                        said.get(i, LabelJudge.OUT_OF_FOLD_PROBABILITY),
                        wrong,
                        said.get(i, LabelJudge.SUGGESTION),
                        said.get(i, LabelJudge.SUGGESTED_PROBABILITY));
            }
        } else {
            Arrays.fill(result.values(), Double.NaN);
            for (int i = 0; i < block.size(); i++) {
                result.set(i, REMOVED, 0);
                result.set(i, SUGGESTED, 0);
            }
        }
        return result;
    }

    /** Writes what was judged of a row. */
    public static void set(
            Matrix scores,
            int row,
            boolean removed,
            double trust,
            double probability,
            boolean suggested,
            double suggestion,
            double suggestedProbability) {
        scores.set(row, REMOVED, removed ? 1 : 0);
        scores.set(row, TRUST, trust);
        scores.set(row, OUT_OF_FOLD_PROBABILITY, probability);
        scores.set(row, SUGGESTED, suggested ? 1 : 0);
        scores.set(row, SUGGESTION, suggestion);
        scores.set(row, SUGGESTED_PROBABILITY, suggestedProbability);
    }
}
