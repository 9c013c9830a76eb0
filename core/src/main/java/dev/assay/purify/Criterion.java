package dev.assay.purify;

import dev.assay.influence.LinearGradientSpace;
import dev.assay.model.Linearization;
import dev.assay.potential.RowVariance;
import dev.assay.potential.linear.DeltaVariance;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.SplittableRandom;

/**
 * By what the removal loop finds the rows to remove: a score of each row that is still kept, from the fit to the kept rows.
 * HIGHER = removed first, whatever the sign convention of the quantity behind it.
 */
@FunctionalInterface
interface Criterion {
    /**
     * Fills in the entries of {@code scores} that are NaN; higher = removed first. When it is cancelled, what is done stays in
     * {@code scores}, and a later call goes on from there.
     *
     * @param fitted the objective of the kept rows at its fitted parameters
     * @param seed of anything random
     * @param scores one value per kept row, NaN where still unknown
     */
    void complete(Linearization fitted, long seed, double[] scores, Workers workers, Progress progress);

    /** The criterion of a kind that the removal loop knows: all but auto and out-of-fold. */
    static Criterion of(CriterionKind kind, DeltaVarianceMethod method) {
        return switch (kind) {
            case DELTA_VARIANCE -> deltaVariance(method);
            case SELF_INFLUENCE -> whole(Criterion::selfInfluence);
            case ROW_VARIANCE -> whole(Criterion::rowVariance);
            case LOSS -> whole(Criterion::loss);
            case RANDOM -> whole(Criterion::random);
            case AUTO, OUT_OF_FOLD ->
                throw new IllegalArgumentException(kind.label() + " is not a criterion of the removal loop");
        };
    }

    /** Minus the change of V by leaving the row out: the row without which V is lowest goes first. */
    private static Criterion deltaVariance(DeltaVarianceMethod method) {
        return (fitted, seed, scores, workers, progress) -> {
            negate(scores);
            try {
                DeltaVariance.complete(fitted, method.leaveOneOut(), scores, workers, progress);
            } finally {
                negate(scores);
            }
        };
    }

    private static void negate(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
    }

    /** A score that is cheap enough to compute for all rows at once. */
    @FunctionalInterface
    interface Whole {
        double[] of(Linearization fitted, long seed, Workers workers);
    }

    private static Criterion whole(Whole score) {
        return (fitted, seed, scores, workers, progress) -> {
            double[] all = score.of(fitted, seed, workers);
            System.arraycopy(all, 0, scores, 0, scores.length);
        };
    }

    /** q_i = g_i' H^-1 g_i = -X(i, i); O(n p^2 + p^3). */
    private static double[] selfInfluence(Linearization fitted, long seed, Workers workers) {
        return LinearGradientSpace.of(fitted, workers).selfInfluences(workers);
    }

    /** The row's share of the second moment of X: its pairs with the others over all pairs; O(n p^2 + p^3). */
    private static double[] rowVariance(Linearization fitted, long seed, Workers workers) {
        return RowVariance.shares(LinearGradientSpace.of(fitted, workers), workers);
    }

    /** l_i under the model that was trained with row i, in nats. */
    private static double[] loss(Linearization fitted, long seed, Workers workers) {
        return fitted.losses();
    }

    /** Uniform numbers: the control, under which purification must find nothing to remove. */
    private static double[] random(Linearization fitted, long seed, Workers workers) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] result = new double[fitted.objective().data().size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = random.nextDouble();
        }
        return result;
    }
}
