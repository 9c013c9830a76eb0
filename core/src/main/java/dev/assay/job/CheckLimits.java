package dev.assay.job;

import dev.assay.data.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * What data must keep to. What is null is not checked.
 *
 * @param noise largest share of wrong labels, in mixed data of labels that nothing explains
 * @param blocks largest number of blocks
 * @param accuracy least accuracy on rows that had no part in the model; for numbers least R2
 * @param suspicious rows whose label is rather wrong than right, at the most
 * @param copies rows that equal an earlier one in every feature, at the most
 * @param noLeaks whether no column may tell the label next to perfectly on its own
 * @param drift largest share of rows that may have moved, for columns, labels and blocks; used where there is an earlier run
 * @param noiseDrift largest change of the share of wrong labels; used where there is an earlier run
 * @param potentialDrift largest change of V, over the larger of the two; used where there is an earlier run
 */
public record CheckLimits(
        @Nullable Double noise,
        @Nullable Integer blocks,
        @Nullable Double accuracy,
        @Nullable RowLimit suspicious,
        @Nullable RowLimit copies,
        boolean noLeaks,
        double drift,
        double noiseDrift,
        double potentialDrift) {
    /** Of {@link #drift} where nothing else is asked for. */
    public static final double DRIFT = 0.1;
    /** Of {@link #noiseDrift} where nothing else is asked for. */
    public static final double NOISE_DRIFT = 0.02;
    /** Of {@link #potentialDrift} where nothing else is asked for. */
    public static final double POTENTIAL_DRIFT = 0.5;

    /**
     * Checks the limits.
     *
     * @throws InvalidInputException if a share is none, or fewer than one block is asked for
     */
    public CheckLimits {
        requireShare("noise", noise);
        requireShare("accuracy", accuracy);
        requireShare("drift", drift);
        requireShare("noiseDrift", noiseDrift);
        requireShare("potentialDrift", potentialDrift);
        if (blocks != null && blocks < 1) {
            throw new InvalidInputException("the limit of blocks is " + blocks + ", expected at least 1");
        }
    }

    private static void requireShare(String name, @Nullable Double share) {
        if (share != null && (!(share >= 0) || share > 1)) {
            throw new InvalidInputException("the limit of " + name + " is " + share + ", expected a share from 0 to 1");
        }
    }

    /** Whether anything is to be checked that needs no earlier run. */
    public boolean isAny() {
        return asksForJudgement() || accuracy != null || copies != null || noLeaks;
    }

    /** Whether labels and blocks have to be judged. */
    boolean asksForJudgement() {
        return noise != null || blocks != null || suspicious != null;
    }
}
