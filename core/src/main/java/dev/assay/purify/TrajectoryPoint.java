package dev.assay.purify;

/**
 * The state of a purification after one iteration; the first, iteration 0, is that of all rows.
 *
 * @param iteration counted from 0
 * @param size rows that are kept
 * @param potential V of the kept rows, NaN where it was not computed
 * @param trainingLoss mean loss of the kept rows under the model trained on them, nats
 * @param outOfFoldLoss mean loss, nats, of ALL rows that may be judged, each under a model that neither saw the row nor
 *     chose what to keep with its help, with labels allowed to be wrong: what the stop looks at; NaN where none was made
 * @param wrongShare the share of wrong labels at which {@code outOfFoldLoss} is smallest, NaN like it
 * @param removed the examples (indices into the data set, not input rows) that this iteration removed, worst first
 * @param scores the criterion's score of each of them, higher = removed earlier
 * @param watchedAccuracy accuracy on the test set that is only watched (for regression: R^2), NaN without one
 */
public record TrajectoryPoint(
        int iteration,
        int size,
        double potential,
        double trainingLoss,
        double outOfFoldLoss,
        double wrongShare,
        int[] removed,
        double[] scores,
        double watchedAccuracy) {}
