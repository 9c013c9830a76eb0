package dev.assay.data;

import org.jspecify.annotations.Nullable;

/**
 * What rows count for in a mean, and which of them count as one draw in its error.
 *
 * @param weights of the rows
 * @param groups of the rows, each of which is one draw; null where each row is one
 */
public record SamplingUnits(double[] weights, int @Nullable [] groups) {
    /** Each row a draw of its own. */
    public static SamplingUnits independent(double[] weights) {
        return new SamplingUnits(weights, null);
    }

    /** The same rows with other weights. */
    public SamplingUnits withWeights(double[] other) {
        return new SamplingUnits(other, groups);
    }
}
