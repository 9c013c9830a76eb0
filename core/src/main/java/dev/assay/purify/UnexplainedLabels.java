package dev.assay.purify;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;

/**
 * One function and labels that it does not explain: what the criterion {@code out-of-fold} finds, without a removal. See
 * docs/method.md, "Finding wrong labels out of fold".
 *
 * @param share estimated share of labels that are not explained
 * @param trust of each row, the posterior probability that its label is explained; lower = more suspicious
 * @param kept whether purification would keep the row
 * @param explanation what was chosen and why
 */
public record UnexplainedLabels(double share, double[] trust, boolean[] kept, List<String> explanation) {
    /** Finds them. */
    public static UnexplainedLabels of(Dataset data, PurifySettings settings, Progress progress, Workers workers) {
        OutOfFoldPurifier.Result result = OutOfFoldPurifier.separate(data, settings, progress, workers);
        boolean[] kept = new boolean[data.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = result.removedAt()[i] == 0;
        }
        return new UnexplainedLabels(result.wrongShare(), result.trust(), kept, result.explanation());
    }

    /**
     * How many nats a share of wrong labels would add to given answers: a first look that costs nothing.
     *
     * @param answers n x C log-probabilities, or n x 1 predictions, by experts that did not see the row
     */
    public static double gain(Matrix answers, Targets targets, double[] weights) {
        LabelNoise noise = LabelNoise.fit(answers, targets, weights);
        double without = 0;
        for (int i = 0; i < weights.length; i++) {
            without += weights[i] * noise.logDensity()[i];
        }
        return noise.share() == 0 ? 0 : noise.logLikelihood() - without;
    }

    /**
     * How well one function and unexplained labels explain labels that had no part in anything.
     *
     * @param view how the chosen expert sees the features
     * @param rows that were judged, at most 1000
     * @param logLikelihoods of their labels, in nats; higher is better
     */
    public record Evidence(String view, int[] rows, double[] logLikelihoods) {}

    /** That evidence, for the expert that would be chosen. */
    public static Evidence evidence(Dataset data, PurifySettings settings, Progress progress, Workers workers) {
        ExpertChoice choice =
                OutOfFoldPurifier.choose(data, ContentOrder.of(data, workers), settings, progress, workers);
        return new Evidence(choice.view().name(), choice.judged(), choice.logLikelihoods());
    }
}
