package dev.assay.potential;

import dev.assay.influence.Curvature;
import dev.assay.model.Linearization;
import dev.assay.work.Workers;

/**
 * What the influences that rows have on each other look like under one model of them all.
 *
 * @param moments of X
 * @param histogram of X
 * @param map of X, group by group
 */
public record InfluenceView(InfluenceMoments moments, InfluenceHistogram histogram, InfluenceMap map) {
    /** Cells a side of a map. */
    public static final int SIDE = 240;

    /**
     * Looks.
     *
     * @param groups the group of each example, from 0 to {@code count} - 1, or -1 for those that the map leaves out
     * @param seed decides what is sampled where there are many examples
     */
    public static InfluenceView of(Linearization at, int[] groups, int count, long seed, Workers workers) {
        Curvature curvature = Curvature.of(at, workers);
        return new InfluenceView(
                InfluenceMoments.of(curvature, seed, workers),
                InfluenceHistogram.of(curvature, seed, workers),
                InfluenceMap.of(curvature, groups, count, SIDE, workers));
    }
}
