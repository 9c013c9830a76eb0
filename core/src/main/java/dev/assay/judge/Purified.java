package dev.assay.judge;

import dev.assay.divide.Judgement;
import dev.assay.purify.Purification;
import org.jspecify.annotations.Nullable;

/**
 * A purification, and the judgement that it carries out.
 *
 * @param judgement null where rows were removed by another criterion
 */
public record Purified(Purification purification, @Nullable Judgement judgement) {}
