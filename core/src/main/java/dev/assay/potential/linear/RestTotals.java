package dev.assay.potential.linear;

import dev.assay.potential.PairWeights;

/**
 * What is counted of all examples when an average one is left out.
 *
 * @param total W
 * @param weight W - mean weight
 * @param selfPairs sum a_i of all examples, with a_i as in {@link PairWeights}
 * @param pairs ordered pairs that are left
 */
record RestTotals(double total, double weight, double selfPairs, double pairs) {
    /**
     * Of so many examples.
     *
     * @param total W
     * @param rows n
     * @param selfPairs sum a_i
     */
    static RestTotals of(double total, double rows, double selfPairs) {
        double rest = total - total / rows;
        return new RestTotals(total, rest, selfPairs, rest * rest - (selfPairs - selfPairs / rows));
    }

    /** Ordered pairs of all examples, none left out. */
    double allPairs() {
        return total * total - selfPairs;
    }
}
