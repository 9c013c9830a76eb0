package dev.assay.job;

import dev.assay.predict.Predictions;

/**
 * Predicted rows.
 *
 * @param plan how they found their experts
 * @param predictions of each
 * @param abstained which of them are left without a prediction
 */
public record PredictOutcome(RoutingPlan plan, Predictions predictions, boolean[] abstained) {
    /** How many rows are left without a prediction. */
    public int silent() {
        int count = 0;
        for (boolean one : abstained) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
