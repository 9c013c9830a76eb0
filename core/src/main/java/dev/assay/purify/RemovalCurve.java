package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.influence.LinearGradientSpace;
import dev.assay.linalg.DenseLimits;
import dev.assay.model.ApproximateLeaveOneOut;
import dev.assay.model.Fit;
import dev.assay.model.Linearization;
import dev.assay.model.Objective;
import dev.assay.model.Trainer;
import dev.assay.potential.Potential;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What happens to V, the losses and the accuracy when the suspicious rows of a purification leave one after the other, the
 * worst first, and when one went on beyond its stop. It decides nothing: it shows where the stop stands. The ridge is that of
 * the purified model throughout, also that of V here.
 */
public final class RemovalCurve {
    private static final int POINTS_TO_STOP = 10;
    private static final int POINTS_BEYOND = 4;
    /** Where nothing is removed, so large a share is removed to show what it would do. */
    private static final double SHARE_OF_NOTHING = 0.05;

    private static final int MOST_ROWS = 20_000;
    /** So many multiplications for the Hessians of all points. */
    private static final double MOST_WORK = 3e11;

    private RemovalCurve() {}

    /**
     * The curve: from all rows to the stop, and half as far beyond; at most fifteen fits and V of each. The out-of-fold loss
     * is the approximate leave-one-out loss of the fit. Empty where the trajectory says it already, by any
     * other criterion than the out-of-fold one, and where it costs too much: above 20,000 rows or 1,000 parameters.
     *
     * @param watched a test set that is only watched, or null
     * @return points whose {@code removed} are the rows that went since the point before
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public static List<TrajectoryPoint> of(
            Purification purification, @Nullable Dataset watched, Workers workers, Progress progress) {
        if (purification.criterion() != CriterionKind.OUT_OF_FOLD) {
            return List.of();
        }
        Dataset data = purification.data();
        Fit purified = purification.fit();
        double order = purified.objective().parameters();
        int[] counts = counts(purification.removed().length, data.size());
        if (data.dimension() == 1
                || data.size() > MOST_ROWS
                || order > DenseLimits.FACTORED
                || counts.length * data.size() * order * order > MOST_WORK) {
            return List.of();
        }
        int[] ranking = purification.bySuspicion();
        double[] score = purification.scores().column(purification.recommendedScore());
        List<TrajectoryPoint> points = new ArrayList<>();
        double[] theta = purified.model().theta();
        progress.phase("follow the removal", counts.length);
        for (int k = 0; k < counts.length; k++) {
            progress.checkCancelled();
            int[] kept =
                    Arrays.stream(ranking, counts[k], ranking.length).sorted().toArray();
            Objective objective =
                    new Objective(data.select(kept), purified.objective().loss(), purified.ridge());
            Fit fit = Trainer.automatic(objective).fit(objective, theta, workers);
            theta = fit.model().theta();
            Linearization at = objective.at(theta, workers);
            // one factored Hessian for V and for the losses left out
            LinearGradientSpace space = LinearGradientSpace.of(at, workers);
            int[] removed = Arrays.copyOfRange(ranking, k == 0 ? 0 : counts[k - 1], counts[k]);
            points.add(new TrajectoryPoint(
                    k,
                    kept.length,
                    Potential.of(space, workers).variance(),
                    at.meanLoss(),
                    ApproximateLeaveOneOut.of(space.compact(), space.factor().inverse(workers), workers)
                            .meanLoss(),
                    Double.NaN,
                    Double.NaN,
                    removed,
                    Arrays.stream(removed).mapToDouble(i -> score[i]).toArray(),
                    new Watched(watched).accuracy(fit.model(), workers)));
            progress.step(k + 1L);
        }
        return points;
    }

    /** Which point is that of the purified model: the one with as many rows as it keeps. */
    public static int stop(List<TrajectoryPoint> points, Purification purification) {
        int size = purification.kept().length;
        return IntStream.range(0, points.size())
                .filter(k -> points.get(k).size() == size)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no point keeps " + size + " rows"));
    }

    /** How many rows are out at each point, ascending, 0 and the number at the stop among them. */
    private static int[] counts(int removed, int n) {
        TreeSet<Integer> counts = new TreeSet<>();
        int span = removed > 0 ? removed : (int) Math.ceil(SHARE_OF_NOTHING * n);
        for (int k = 0; k <= POINTS_TO_STOP; k++) {
            counts.add((int) Math.round((double) span * k / POINTS_TO_STOP));
        }
        if (removed > 0) {
            for (int k = 1; k <= POINTS_BEYOND; k++) {
                counts.add((int) Math.round(span * (1 + 0.5 * k / POINTS_BEYOND)));
            }
        }
        // a model needs some rows, and V two
        return counts.stream()
                .filter(count -> n - count >= 2 && (count <= removed || count <= n / 2))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
