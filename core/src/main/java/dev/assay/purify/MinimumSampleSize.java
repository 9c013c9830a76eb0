package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether there are rows enough for a verdict: to say of data that they are of one kind, several kinds must have had a chance
 * to be seen. A row of weight 0 is no row.
 *
 * <p>The rule, for all verdicts alike:
 *
 * <ul>
 *   <li>at least {@value #ROWS} rows. Whatever is said of data is said by rows that had no part in it, five parts of them: each
 *       part then has eight rows. And a second function needs ten rows to be fitted ({@link #ROWS} x 0.8 x 0.8 are left inside two
 *       levels of parts: room for two functions of ten rows, and little more);
 *   <li>for classes, at least {@value #ROWS_PER_CLASS} rows in the second largest class: with fewer, some part of a part has one
 *       class only, and every function explains it.
 * </ul>
 *
 * <p>It is a floor below which nothing can be seen, not a promise: above it, what there is may still be too little for what is there.
 */
public final class MinimumSampleSize {
    /** Rows that a verdict needs. */
    public static final int ROWS = 40;
    /** Rows of the second largest class that a verdict needs. */
    public static final int ROWS_PER_CLASS = 8;

    private MinimumSampleSize() {}

    /** Why there can be no verdict, in words; null where there can be one. */
    public static @Nullable String missing(Dataset data) {
        int rows = 0;
        for (double weight : data.weights()) {
            rows += weight > 0 ? 1 : 0;
        }
        if (rows < ROWS) {
            return String.format(Locale.ROOT, "%d %s, a verdict needs %d", rows, rows == 1 ? "row" : "rows", ROWS);
        }
        if (!(data.targets() instanceof ClassTargets targets)) {
            return null;
        }
        int[] counts = new int[Math.max(2, targets.classes())];
        for (int i = 0; i < data.size(); i++) {
            counts[targets.codes()[i]] += data.weights()[i] > 0 ? 1 : 0;
        }
        Arrays.sort(counts);
        int second = counts[counts.length - 2];
        return second >= ROWS_PER_CLASS
                ? null
                : String.format(
                        Locale.ROOT,
                        "%d %s of the second largest class, a verdict needs %d",
                        second,
                        second == 1 ? "row" : "rows",
                        ROWS_PER_CLASS);
    }
}
