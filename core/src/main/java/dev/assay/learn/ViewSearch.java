package dev.assay.learn;

import dev.assay.learn.ViewCandidate.Scope;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the ridge of a view, and for the width of radial functions.
 *
 * @param seed of landmarks and samples
 */
record ViewSearch(long seed, Workers workers) {
    /** Steps of a factor 10 first, of its root around the best. */
    private static final double COARSE = 10;

    private static final double LARGEST_RIDGE = 0.1;
    private static final double SMALLEST_RIDGE = 5e-9;
    /** A path ends when the evidence has not risen so often since its maximum. */
    private static final int FALLS = 2;

    private static final double[] WIDTHS = {0.03, 0.1, 0.3, 1, 3};
    private static final int FIRST_WIDTH = 2;
    /** Of a first look. */
    private static final int FIRST_LANDMARKS = 150;
    /** From so many rows on, twice the landmarks are tried. */
    private static final int ROWS_FOR_MORE = 2000;

    private static final double NARROWER = 1.0 / 3;

    /** Down the path of ridges in large steps, until two in a row are no better. */
    ViewCandidate coarse(Scope scope, FeatureView view, @Nullable LinearFit common) {
        CrossFittedPath path = path(scope, view, common, null);
        ViewCandidate best = ViewCandidate.of(scope, view, common, path, LARGEST_RIDGE, workers);
        int falls = 0;
        for (double ridge = LARGEST_RIDGE / COARSE; ridge > SMALLEST_RIDGE && falls < FALLS; ridge /= COARSE) {
            ViewCandidate next = ViewCandidate.of(scope, view, common, path, ridge, workers);
            falls++;
            if (next.evidence() > best.evidence()) {
                best = next;
                falls = 0;
            }
        }
        return best;
    }

    /**
     * Radial experts: from the middle width in the direction in which the evidence rises. Where a first look with few functions, of
     * the two middle widths, is clearly behind the linear expert, it is all there is.
     */
    List<ViewCandidate> radial(Scope scope, ViewCandidate linear) {
        if (FIRST_LANDMARKS < scope.data().size()) {
            List<ViewCandidate> looks = new ArrayList<>();
            for (int width : new int[] {FIRST_WIDTH, FIRST_WIDTH + 1}) {
                looks.add(coarse(
                        scope, FeatureView.radial(scope.data(), WIDTHS[width], FIRST_LANDMARKS, seed, workers), null));
            }
            if (linear.minus(ViewCandidate.highest(looks), scope.weights()).clear()) {
                return looks;
            }
        }
        List<ViewCandidate> result = new ArrayList<>();
        result.add(radial(scope, FIRST_WIDTH));
        result.add(radial(scope, FIRST_WIDTH + 1));
        boolean wider = result.get(1).evidence() > result.get(0).evidence();
        int step = wider ? 1 : -1;
        double evidence = ViewCandidate.highest(result).evidence();
        for (int k = wider ? FIRST_WIDTH + 2 : FIRST_WIDTH - 1; k >= 0 && k < WIDTHS.length; k += step) {
            ViewCandidate next = radial(scope, k);
            result.add(next);
            if (next.evidence() <= evidence) {
                break;
            }
            evidence = next.evidence();
        }
        return result;
    }

    private ViewCandidate radial(Scope scope, int width) {
        return coarse(scope, FeatureView.radial(scope.data(), WIDTHS[width], seed, workers), null);
    }

    /**
     * On all rows, half a step around the ridge that did best on a sample.
     *
     * @param view that of {@code coarse}, of all rows
     */
    ViewCandidate refine(Scope whole, FeatureView view, ViewCandidate coarse, double ridge, boolean sameMap) {
        CrossFittedPath path =
                path(whole, view, coarse.common(), sameMap ? coarse.step().parameters() : null);
        double root = Math.sqrt(COARSE);
        List<ViewCandidate> tried = new ArrayList<>();
        for (double factor : new double[] {root, 1, 1 / root}) {
            tried.add(ViewCandidate.of(whole, view, coarse.common(), path, factor * ridge, workers));
        }
        return ViewCandidate.highest(tried);
    }

    /**
     * Twice the landmarks, with the same and the next smaller width, where the rows are many and it is clearly better; else
     * what is given.
     */
    ViewCandidate finer(Scope whole, Scope sample, ViewCandidate refined) {
        if (refined.view().isLinear() || whole.parts().ofRow().length < ROWS_FOR_MORE) {
            return refined;
        }
        double width = refined.view().relativeWidth();
        List<ViewCandidate> tried = new ArrayList<>();
        for (double factor : new double[] {1, NARROWER}) {
            FeatureView view = FeatureView.radial(
                            sample.data(), factor * width, 2 * FeatureView.LANDMARKS, seed, workers)
                    .of(whole.data().features());
            tried.add(refine(whole, view, refined, refined.step().ridge(), false));
        }
        ViewCandidate best = ViewCandidate.highest(tried);
        return best.minus(refined, whole.weights()).clear() ? best : refined;
    }

    private CrossFittedPath path(
            Scope scope, FeatureView view, @Nullable LinearFit common, @Nullable List<double[]> start) {
        return new CrossFittedPath(view, scope, common == null ? null : common.partParameters(), start, seed, workers);
    }
}
