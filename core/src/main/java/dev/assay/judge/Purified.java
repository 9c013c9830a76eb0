package dev.assay.judge;

import dev.assay.divide.Division;
import dev.assay.divide.Judgement;
import dev.assay.purify.Purification;
import org.jspecify.annotations.Nullable;

/**
 * A purification, and the judgement that it carries out.
 *
 * @param judgement null where rows were removed by another criterion
 * @param division into the blocks of which the largest is kept; null where the data is not judged to be mixed
 */
public record Purified(
        Purification purification,
        @Nullable Judgement judgement,
        @Nullable Division division) {}
