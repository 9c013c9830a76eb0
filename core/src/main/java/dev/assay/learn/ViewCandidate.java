package dev.assay.learn;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What experts of one view reached with their best ridge.
 *
 * @param common the model towards which their ridge pulls, or null
 * @param step their ridge, parameters and answers
 * @param calibration of the answers
 * @param right 1 for each row whose label is the most probable one, else 0; null for real targets
 * @param evidence weighted mean log-likelihood of the rows they did not see, in nats; higher is better
 */
record ViewCandidate(
        FeatureView view,
        @Nullable LinearFit common,
        CrossFittedPath.Step step,
        Calibration calibration,
        double @Nullable [] right,
        double evidence) {
    /** By so many standard errors a radial expert must be better than a linear one. */
    private static final double STANDARD_ERRORS = 2;

    /** The rows that are looked at, and what they weigh. */
    record Scope(Dataset data, double[] weights, Folds parts) {
        Scope select(int[] rows) {
            if (rows.length == data.size()) {
                return this;
            }
            double[] chosen = IntStream.of(rows).mapToDouble(i -> weights[i]).toArray();
            return new Scope(data.select(rows), chosen, parts.select(rows));
        }
    }

    /** Lets experts with the next ridge of a path answer. */
    static ViewCandidate of(
            Scope scope,
            FeatureView view,
            @Nullable LinearFit common,
            CrossFittedPath path,
            double ridge,
            Workers workers) {
        CrossFittedPath.Step step = path.next(ridge, workers);
        Calibration calibration = Calibration.of(step.answers(), scope.data().targets(), scope.weights());
        return new ViewCandidate(
                view,
                common,
                step,
                calibration,
                right(step.answers(), scope.data().targets()),
                Evidence.perRow(calibration.logLikelihoods(), scope.weights()));
    }

    /** 1 for each row whose label is the most probable one, else 0; null for real targets. */
    static double @Nullable [] right(Matrix answers, Targets targets) {
        if (!(targets instanceof ClassTargets labels)) {
            return null;
        }
        double[] result = new double[labels.size()];
        for (int i = 0; i < result.length; i++) {
            int best = 0;
            for (int c = 1; c < answers.columns(); c++) {
                best = answers.get(i, c) > answers.get(i, best) ? c : best;
            }
            result[i] = best == labels.codes()[i] ? 1 : 0;
        }
        return result;
    }

    /** The one of the highest evidence, the first of them on a tie. */
    static ViewCandidate highest(List<ViewCandidate> candidates) {
        return candidates.stream()
                .max(Comparator.comparingDouble(ViewCandidate::evidence))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /**
     * The best of all, or the best linear one where the best radial one is not clearly better: in log-likelihood and, for
     * classes, in right answers. A better likelihood with the same answers is not worth a model that nobody can read.
     */
    static ViewCandidate choose(List<ViewCandidate> candidates, double[] weights) {
        ViewCandidate best = highest(candidates);
        List<ViewCandidate> linear =
                candidates.stream().filter(one -> one.view.isLinear()).toList();
        if (linear.isEmpty() || best.view.isLinear()) {
            return best;
        }
        ViewCandidate straight = highest(linear);
        boolean better = best.minus(straight, weights).clear()
                && (best.right() == null || best.moreRight(straight, weights).clear());
        return better ? best : straight;
    }

    /**
     * A difference of means over rows.
     *
     * @param standardError over rows, each minus its partner
     */
    record Difference(double mean, double standardError) {
        boolean clear() {
            return mean > STANDARD_ERRORS * standardError;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.4f (standard error %.4f)", mean, standardError);
        }
    }

    /** How much higher the evidence of this one is, on the same rows; a row of weight 2 counts as two rows. */
    Difference minus(ViewCandidate other, double[] weights) {
        return difference(calibration.logLikelihoods(), other.calibration.logLikelihoods(), weights);
    }

    /** How much larger the share of right answers of this one is, on the same rows; for classification only. */
    Difference moreRight(ViewCandidate other, double[] weights) {
        double[] first = right();
        double[] second = other.right();
        if (first == null || second == null) {
            throw new IllegalStateException("real targets have no right answers");
        }
        return difference(first, second, weights);
    }

    private static Difference difference(double[] first, double[] second, double[] weights) {
        double sum = 0;
        double squares = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double one = first[i] - second[i];
                sum += weights[i] * one;
                squares += weights[i] * one * one;
                total += weights[i];
            }
        }
        double mean = sum / total;
        return new Difference(mean, Math.sqrt(Math.max(0, squares / total - mean * mean) / total));
    }
}
