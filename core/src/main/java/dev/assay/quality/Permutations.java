package dev.assay.quality;

import java.util.SplittableRandom;

/** Random orders. */
public final class Permutations {
    private Permutations() {}

    /** 0 to n - 1 in random order (Fisher and Yates). */
    public static int[] of(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] result = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            result[i] = result[j];
            result[j] = i;
        }
        return result;
    }
}
