package dev.assay.potential;

import dev.assay.data.ContentOrder;
import dev.assay.influence.GradientSpace;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;

/**
 * The influences that rows have on each other under one model of them all, in numbers and pictures.
 *
 * @param moments of X
 * @param histogram of X
 * @param map of X, group by group
 */
public record InfluenceSummary(InfluenceMoments moments, InfluenceHistogram histogram, InfluenceMap map) {
    /** Cells a side of a map. */
    public static final int SIDE = 240;

    /**
     * Sums up; O(n p^2 + min(n, 5000)^2 p).
     *
     * @param order of the examples, from which the histogram draws where there are many
     * @param groups the group of each example, from 0 to {@code count} - 1, or -1 for those that the map leaves out
     * @param seed decides what is sampled where there are many examples
     */
    public static InfluenceSummary of(
            GradientSpace space, ContentOrder order, int[] groups, int count, long seed, Workers workers) {
        return new InfluenceSummary(
                InfluenceMoments.of(space, seed, workers),
                InfluenceHistogram.of(
                        space,
                        order.sample(InfluenceHistogram.MOST_EXAMPLES, Seeds.child(seed, "histogram rows")),
                        workers),
                InfluenceMap.of(space, groups, count, SIDE, workers));
    }
}
