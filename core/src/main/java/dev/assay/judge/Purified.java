package dev.assay.judge;

import dev.assay.divide.Division;
import dev.assay.divide.DivisionJudge;
import dev.assay.divide.Judgement;
import dev.assay.learn.FeatureMap;
import dev.assay.noise.LabelJudge;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.Purification;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A purification, and the judgement that it carries out.
 *
 * @param judgement null where rows were removed by another criterion
 * @param division into the blocks of which the largest is kept; null where the data is not judged to be mixed
 * @param layer what the purified model, and with it V and influences, sees the features through, its rows the data of the purification; null where
 *     that is linear in the features as they are
 */
public record Purified(
        Purification purification,
        @Nullable Judgement judgement,
        @Nullable Division division,
        @Nullable FeatureMap layer) {
    /**
     * Who judges rows that had no part in this.
     *
     * @param gate who says the shares of the blocks given x, where they depend on x; or null
     */
    public FurtherRows furtherRows(DivisionJudge.@Nullable Gate gate) {
        WrongLabels labels = judgement == null ? null : judgement.labels();
        Supplier<LabelJudge> judge = labels == null ? null : labels.further();
        return new FurtherRows(
                division != null || judge == null ? null : judge.get(),
                division == null ? null : DivisionJudge.of(division, gate));
    }
}
