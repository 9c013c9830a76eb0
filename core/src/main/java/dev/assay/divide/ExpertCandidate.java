package dev.assay.divide;

import dev.assay.data.Dataset;
import dev.assay.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What experts of one view reached with their best ridge.
 *
 * @param common the model towards which their ridge pulls, or null
 * @param step their ridge, parameters and answers
 * @param calibration of the answers
 * @param evidence weighted mean log-likelihood of the rows they did not see, in nats; higher is better
 */
record ExpertCandidate(
        ExpertView view,
        @Nullable TrainedExpert common,
        CrossFittedPath.Step step,
        Calibration calibration,
        double evidence) {
    /** By so many standard errors a radial expert must be better than a linear one. */
    private static final double STANDARD_ERRORS = 2;

    /** The rows that are looked at, and what they weigh. */
    record Scope(Dataset data, double[] weights, Parts parts) {
        Scope select(int[] rows) {
            if (rows.length == data.size()) {
                return this;
            }
            double[] chosen = IntStream.of(rows).mapToDouble(i -> weights[i]).toArray();
            return new Scope(data.select(rows), chosen, parts.select(rows));
        }
    }

    /** Lets experts with the next ridge of a path answer. */
    static ExpertCandidate of(
            Scope scope,
            ExpertView view,
            @Nullable TrainedExpert common,
            CrossFittedPath path,
            double ridge,
            Workers workers) {
        CrossFittedPath.Step step = path.next(ridge, workers);
        Calibration calibration = Calibration.of(step.answers(), scope.data().targets(), scope.weights());
        double sum = 0;
        double total = 0;
        for (int i = 0; i < scope.weights().length; i++) {
            if (scope.weights()[i] > 0) {
                sum += scope.weights()[i] * calibration.logLikelihoods()[i];
                total += scope.weights()[i];
            }
        }
        return new ExpertCandidate(view, common, step, calibration, sum / total);
    }

    /** The one of the highest evidence, the first of them on a tie. */
    static ExpertCandidate highest(List<ExpertCandidate> candidates) {
        return candidates.stream()
                .max(Comparator.comparingDouble(ExpertCandidate::evidence))
                .orElseThrow(() -> new IllegalStateException("nothing was tried"));
    }

    /** The best of all, or the best linear one where no radial one is clearly better. */
    static ExpertCandidate choose(List<ExpertCandidate> candidates, double[] weights) {
        ExpertCandidate best = highest(candidates);
        List<ExpertCandidate> linear =
                candidates.stream().filter(one -> one.view.isLinear()).toList();
        if (linear.isEmpty() || best.view.isLinear()) {
            return best;
        }
        return best.minus(highest(linear), weights).clear() ? best : highest(linear);
    }

    /**
     * A difference of evidence, in nats per row.
     *
     * @param standardError over rows, each minus its partner
     */
    record Difference(double mean, double standardError) {
        boolean clear() {
            return mean > STANDARD_ERRORS * standardError;
        }
    }

    /** How much higher the evidence of this one is, on the same rows; a row of weight 2 counts as two rows. */
    Difference minus(ExpertCandidate other, double[] weights) {
        double sum = 0;
        double squares = 0;
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                double one = calibration.logLikelihoods()[i] - other.calibration.logLikelihoods()[i];
                sum += weights[i] * one;
                squares += weights[i] * one * one;
                total += weights[i];
            }
        }
        double mean = sum / total;
        return new Difference(mean, Math.sqrt(Math.max(0, squares / total - mean * mean) / total));
    }
}
