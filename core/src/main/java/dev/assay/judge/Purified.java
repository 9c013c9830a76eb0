package dev.assay.judge;

import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.learn.FeatureMap;
import dev.assay.purify.Purification;
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
        @Nullable FeatureMap layer) {}
