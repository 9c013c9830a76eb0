package dev.assay.noise;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.RealTargets;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What labels look like to someone who knows the experts' answers and that some labels are wrong, fitted to answers of experts that did
 * not see the rows: classes that are taken for one another, or numbers of which some are outliers.
 */
sealed interface LabelNoise permits TransitionMatrixNoise, Outliers.Fitted {
    /** The noise that explains the labels best, starting from what was known of it. */
    static LabelNoise fit(Matrix answers, Dataset data, @Nullable LabelNoise known, Workers workers) {
        if (data.targets() instanceof ClassTargets classes) {
            if (known instanceof TransitionMatrixNoise before) {
                return TransitionMatrixNoise.fit(
                        answers,
                        classes.codes(),
                        data.weights(),
                        TransitionMatrixNoise.Kind.BY_CLASS,
                        before.transitions(),
                        before.scale(),
                        workers);
            }
            return TransitionMatrixNoise.fit(
                    answers, classes.codes(), data.weights(), TransitionMatrixNoise.Kind.BY_CLASS, workers);
        }
        return Outliers.fit(answers, ((RealTargets) data.targets()).values(), data.weights(), workers);
    }

    /** The same with one share of wrong labels, evenly among the other classes. */
    static LabelNoise even(Matrix answers, Targets targets, double[] weights, Workers workers) {
        return targets instanceof ClassTargets classes
                ? TransitionMatrixNoise.fit(answers, classes.codes(), weights, TransitionMatrixNoise.Kind.EVEN, workers)
                : Outliers.fit(answers, ((RealTargets) targets).values(), weights, workers);
    }

    /** Log-likelihood of each label without any noise, in nats, the answers calibrated. */
    static double[] plain(Matrix answers, Dataset data, Workers workers) {
        if (data.targets() instanceof ClassTargets classes) {
            return TransitionMatrixNoise.fit(
                            answers, classes.codes(), data.weights(), TransitionMatrixNoise.Kind.NONE, workers)
                    .logLikelihoods();
        }
        return StudentTNoise.logDensities(answers, ((RealTargets) data.targets()).values(), data.weights());
    }

    /** Share of labels that are wrong, from 0 to 1. */
    double share();

    /** log p(y_i | x_i) of each label, wrong ones allowed for, in nats; higher = better explained. */
    double[] logLikelihoods();

    /** log q(y_i | x_i): what the expert alone says of each label, in nats; lower = more suspicious. */
    double[] logDensities();

    /** Posterior probability that each label is right; lower = more suspicious. */
    double[] trust();

    /** The answers with the fitted scale in them: n x C log-probabilities, or the n x 1 predictions. */
    Matrix answers();

    /** a, the factor that was fitted to log-probabilities; 1 for predictions. */
    double scale();

    /**
     * The same noise in other rows.
     *
     * @param said n x C log-probabilities, or n x 1 predictions, before any scale
     * @param scale that they are multiplied by
     */
    LabelNoise judge(Matrix said, double scale, Dataset rows);

    /** What an expert is trained towards that knows of this noise. */
    Responses seenThrough();

    /**
     * What an expert is trained towards that takes the posterior for what the labels are.
     *
     * @param sharpness g of r^g / sum r^g: above 1, doubt is cut short
     */
    Responses.OfWeightedRows corrected(double sharpness);
}
