package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.noise.HeldOutLikelihood;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the ridge for the removal loop: the one with which the loop, in coarse steps inside each training part, gets
 * furthest in explaining held-out rows whose labels may be wrong ({@link CrossFittedRemoval}, {@link HeldOutLikelihood}).
 *
 * <p>Cross-validation of the model of all rows would not do: on mixed data it asks for a ridge with which nothing can be
 * told apart.
 */
final class RidgeSearch {
    /** 10^-0.5, 10^-1, ... 10^-6. */
    private static final int FIRST_HALF_DECADE = -1;

    private static final int LAST_HALF_DECADE = -12;
    /** Ridges to try beyond the best one. */
    private static final int BEYOND = 2;

    private static final double COARSE_STEP = 0.05;
    private static final int COARSE_ITERATIONS = 10;

    private RidgeSearch() {}

    /** The ridge, and the choice in words. */
    record Choice(double ridge, String reason) {}

    /** Makes the manner of a path from a ridge. */
    @FunctionalInterface
    interface MannerForRidge {
        RemovalPath.Manner of(double ridge);
    }

    static Choice choose(
            Dataset data,
            Folds folds,
            MannerForRidge manners,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        progress.phase("choose the ridge", 0);
        @Nullable List<double[]> starts = null;
        double best = Double.NaN;
        double bestValue = Double.NEGATIVE_INFINITY;
        int beyond = 0;
        int tried = 0;
        for (int half = FIRST_HALF_DECADE; half >= LAST_HALF_DECADE && beyond < BEYOND; half--) {
            double ridge = ofHalfDecade(half);
            CrossFittedRemoval paths =
                    new CrossFittedRemoval("ridge " + ridge, data, folds, manners.of(ridge), starts, journal, workers);
            starts = new ArrayList<>(paths.parameters());
            StoppingRule rule = new StoppingRule(data.groups());
            HeldOutLikelihood point = paths.judge(workers);
            double value = point.total();
            rule.add(point, 0);
            for (int iteration = 1;
                    iteration <= COARSE_ITERATIONS && !rule.isOver(StoppingRule.PATIENCE);
                    iteration++) {
                progress.checkCancelled();
                paths.advance(COARSE_STEP * iteration, workers, progress);
                point = paths.judge(workers);
                value = Math.max(value, point.total());
                rule.add(point, COARSE_STEP * iteration);
            }
            beyond++;
            if (value > bestValue) {
                best = ridge;
                bestValue = value;
                beyond = 0;
            }
            tried++;
            progress.step(tried);
        }
        String reason = String.format(
                Locale.ROOT,
                "ridge %.2g: of %d ridges from %.2g down, the one with which purified models explain held-out rows best,"
                        + " wrong labels allowed for",
                best,
                tried,
                ofHalfDecade(FIRST_HALF_DECADE));
        return new Choice(best, reason);
    }

    private static double ofHalfDecade(int half) {
        double root = half % 2 == 0 ? 1 : Math.sqrt(10);
        return root * Math.pow(10, Math.floorDiv(half, 2));
    }
}
