package dev.assay.spark;

import dev.assay.work.Seeds;

/**
 * A row in 64 bits: h = mix(h ^ b) over the bits b of its features and then of its label. Rows of the same content have the same hash, wherever
 * they are and in whatever order; others differ but for a chance of 2^-64 a pair.
 */
final class ContentHash {
    private static final long START = 0x41737361792e3031L;

    private ContentHash() {}

    /**
     * Of one row; O(d).
     *
     * @param features its features lie in {@code features[from..from + count]}
     * @param label as a number
     */
    static long of(double[] features, int from, int count, double label) {
        long hash = START;
        for (int j = from; j < from + count; j++) {
            hash = next(hash, features[j]);
        }
        return next(hash, label);
    }

    private static long next(long hash, double value) {
        // -0.0 and 0.0 are the same number
        return Seeds.mix(hash ^ Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }
}
