package dev.assay.purify;

import dev.assay.data.SamplingUnits;
import dev.assay.learn.PairedGain;
import dev.assay.noise.HeldOutLikelihood;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When purification stops: at the point whose models explain held-out rows best, if that is better than removing nothing
 * by more than chance.
 *
 * <p>V is no help here: it goes on falling long after the model is at its best. Held-out rows tell, see {@link
 * CrossFittedRemoval}. A point earns its place if its gain over removing nothing is more than {@value #STANDARD_ERRORS} standard
 * errors of that gain, taken over rows; a set where no point does is left alone. The search ends once {@link #PATIENCE} of
 * the rows were removed without a new maximum.
 */
final class StoppingRule {
    private static final double STANDARD_ERRORS = 2;

    /** As a share of all rows. */
    static final double PATIENCE = 0.15;

    private final int @Nullable [] groups;
    private @Nullable HeldOutLikelihood start;
    private @Nullable HeldOutLikelihood best;
    private int bestPoint;
    private double bestShare;
    private double share;
    private int points;

    /**
     * No point yet.
     *
     * @param groups of the rows, each of which is one draw, or null
     */
    StoppingRule(int @Nullable [] groups) {
        this.groups = groups;
    }

    /** The next point of the trajectory, with the share of rows removed by then; returns whether it is the best so far. */
    boolean add(HeldOutLikelihood point, double removedShare) {
        share = removedShare;
        boolean better = best == null || point.total() > best.total();
        if (start == null) {
            start = point;
        }
        if (better) {
            best = point;
            bestPoint = points;
            bestShare = removedShare;
        }
        points++;
        return better;
    }

    /** Whether to look no further. */
    boolean isOver(double patience) {
        // rounding must not cost a step
        return share - bestShare > patience - 1e-9;
    }

    /** Nats won by the best point over removing nothing. */
    double gain() {
        return start == null || best == null ? 0 : best.total() - start.total();
    }

    /** The standard error of {@link #gain}, over rows or groups of them. */
    double standardError() {
        if (start == null || best == null) {
            return 0;
        }
        // the weights are in the rows
        double[] ones = new double[start.rows().length];
        Arrays.fill(ones, 1);
        return PairedGain.of(best.rows(), start.rows(), new SamplingUnits(ones, groups))
                .standardError();
    }

    /** Whether the best point earns its place. */
    boolean isEarned() {
        return gain() > STANDARD_ERRORS * standardError();
    }

    /** The point to stop at, counted from 0. */
    int stop() {
        return isEarned() ? bestPoint : 0;
    }

    /** The share of wrong labels that the point to stop at was judged with. */
    double wrongShare() {
        HeldOutLikelihood point = isEarned() ? best : start;
        return point == null ? Double.NaN : point.wrongShare();
    }

    /** Where to stop and why. */
    String inWords() {
        return stop() > 0
                ? String.format(
                        Locale.ROOT,
                        "stopped after %d iterations: there models trained without them explain held-out rows best, by"
                                + " %.1f nats (standard error %.1f) more than with all rows kept",
                        stop(),
                        gain(),
                        standardError())
                : String.format(
                        Locale.ROOT,
                        "nothing removed: no removal makes held-out rows better explained by more than chance (at most"
                                + " %.1f nats, standard error %.1f)",
                        gain(),
                        standardError());
    }
}
