package dev.assay.purify;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.data.Targets;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * A test set that is only watched: it has no effect on what is removed.
 *
 * @param test encoded like the data, or null where there is none
 */
record Watched(@Nullable Dataset test) {
    /** Share of labels that the model gets right, for regression R^2; NaN without a test set. Higher is better. */
    double accuracy(LinearModel model, Workers workers) {
        if (test == null) {
            return Double.NaN;
        }
        Targets targets = test.targets();
        return targets instanceof ClassTargets labels
                ? shareRight(model.predictedClasses(test.features(), workers), labels.codes())
                : explained(model.outputs(test.features(), workers), targets);
    }

    private static double shareRight(int[] predicted, int[] codes) {
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            if (predicted[i] == codes[i]) {
                right++;
            }
        }
        return (double) right / predicted.length;
    }

    private static double explained(Matrix predicted, Targets targets) {
        int n = predicted.rows();
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += targets.value(i) / n;
        }
        double residuals = 0;
        double total = 0;
        for (int i = 0; i < n; i++) {
            double residual = targets.value(i) - predicted.get(i, 0);
            residuals += residual * residual;
            total += (targets.value(i) - mean) * (targets.value(i) - mean);
        }
        return 1 - residuals / total;
    }
}
