package dev.assay.job;

import dev.assay.data.DuplicateRows;
import dev.assay.drift.DataProfile;
import dev.assay.drift.Drift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking data.
 *
 * @param divided what the data is made of; null where no limit asked for it
 * @param made the model; null where no limit asked for its accuracy
 * @param facts copies and leaks, as they came with the request
 * @param comparison with the earlier run, or null
 * @param checks one for each limit, and for each part of the comparison
 */
public record CheckOutcome(
        @Nullable DivideOutcome divided,
        @Nullable RunOutcome made,
        Facts facts,
        @Nullable Comparison comparison,
        List<Check> checks) {
    /**
     * What was seen while the data was read.
     *
     * @param copies rows that are equal in every feature
     * @param leaks columns that tell the label next to perfectly on their own
     */
    public record Facts(DuplicateRows copies, List<String> leaks) {
        /** Copies the list. */
        public Facts {
            leaks = List.copyOf(leaks);
        }
    }

    /**
     * An earlier run and this one.
     *
     * @param earlier what was kept of it
     * @param change of columns and labels
     * @param blocks of shares of blocks, the largest with the largest
     * @param noise of the shares of wrong labels
     * @param potentialError standard error of V now, NaN where it is not known
     * @param tests how many drifts were looked at, all together
     */
    public record Comparison(
            EarlierRun earlier,
            DataProfile.Change change,
            Drift blocks,
            Drift noise,
            double potentialError,
            int tests) {
        /** The probability of a drift, times the number of drifts that were looked at. */
        public double chance(Drift drift) {
            return Math.min(1, drift.chance() * tests);
        }

        /** Whether a column has moved further than chance and this limit. */
        public boolean isBeyond(Drift drift, double limit) {
            return drift.distance() > limit && chance(drift) < Check.SIGNIFICANCE;
        }
    }

    /** Copies the list. */
    public CheckOutcome {
        checks = List.copyOf(checks);
    }

    /** Whether all limits are kept. */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }
}
