package dev.assay.job;

/**
 * A limit, and what was found.
 *
 * @param kind what is looked at
 * @param limit in the unit of the value
 * @param value what was found; NaN where that is not known
 * @param low end of its 95 % interval; NaN where it has none
 * @param high the other end
 * @param chance of a drift, the probability of one at least as large where nothing has changed, times the number of drifts that were
 *     looked at (Bonferroni); NaN of what is no drift
 * @param result whether it is within the limit
 */
public record Check(Kind kind, double limit, double value, double low, double high, double chance, Result result) {
    /** Drifts beyond chance: with so large a probability some check calls chance a drift. */
    public static final double SIGNIFICANCE = 0.01;

    /** What is looked at. */
    public enum Kind {
        /** Share of wrong labels. */
        NOISE,
        /** Number of blocks. */
        BLOCKS,
        /** Accuracy, of numbers R2, on rows that had no part in the model. */
        ACCURACY,
        /** Rows whose label is rather wrong than right. */
        SUSPICIOUS,
        /** Rows that equal an earlier one. */
        COPIES,
        /** Columns that tell the label on their own. */
        LEAKS,
        /** The column that has moved most. */
        DRIFT_FEATURES,
        /** What the labels are. */
        DRIFT_LABELS,
        /** Shares of the blocks, and their number. */
        DRIFT_BLOCKS,
        /** Share of wrong labels, then and now. */
        DRIFT_NOISE,
        /** V, then and now. */
        DRIFT_POTENTIAL
    }

    /** What came of it. */
    public enum Result {
        /** Within the limit. */
        PASSED,
        /** Beyond the limit. */
        BROKEN,
        /** Asked for, and nothing that was found decides it: not within the limit for all that is known. */
        UNDECIDED,
        /** Not asked for by itself, and not to be had. */
        SKIPPED
    }

    static Check of(Kind kind, double limit, double value, boolean within) {
        return new Check(
                kind, limit, value, Double.NaN, Double.NaN, Double.NaN, within ? Result.PASSED : Result.BROKEN);
    }

    static Check undecided(Kind kind, double limit) {
        return new Check(kind, limit, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Result.UNDECIDED);
    }

    static Check skipped(Kind kind, double limit) {
        return new Check(kind, limit, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Result.SKIPPED);
    }

    /** A drift: beyond its limit only where it is beyond chance, too. */
    static Check drift(Kind kind, double limit, double size, double chance) {
        return new Check(
                kind,
                limit,
                size,
                Double.NaN,
                Double.NaN,
                chance,
                size > limit && chance < SIGNIFICANCE ? Result.BROKEN : Result.PASSED);
    }

    Check between(double from, double to) {
        return new Check(kind, limit, value, from, to, chance, result);
    }

    /** Whether the limit is kept, or nobody can say. */
    public boolean holds() {
        return result == Result.PASSED || result == Result.SKIPPED;
    }
}
