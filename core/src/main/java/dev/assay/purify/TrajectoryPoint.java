package dev.assay.purify;

/**
 * The state of a purification after one iteration; the first, iteration 0, is that of all rows.
 *
 * @param iteration counted from 0
 * @param size rows that are kept
 * @param potential V of the kept rows under the model that was fitted to them, at the ridge of the purification (not the one
 *     V of {@link dev.assay.potential.linear.LinearPotential}, whose ridge is fixed); NaN where it was not computed
 * @param trainingLoss mean loss of the kept rows under the model trained on them, nats
 * @param outOfFoldLoss mean loss of the kept rows, each under a model trained without it, nats; NaN where it was not
 *     computed. Flattered by the choice of what to keep: each kept row was kept because of its own label
 * @param heldOutLogLikelihood what the stop looks at, in nats, higher is better: the log-likelihood of ALL rows, each under a
 *     model that neither was trained on the row nor chose what to keep with its help, labels allowed to be wrong; NaN where
 *     the number of iterations was given
 * @param wrongShare the share of wrong labels at which {@code heldOutLogLikelihood} is largest, NaN like it
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
        double heldOutLogLikelihood,
        double wrongShare,
        int[] removed,
        double[] scores,
        double watchedAccuracy) {}
