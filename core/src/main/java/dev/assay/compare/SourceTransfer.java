package dev.assay.compare;

import dev.assay.data.Dataset;
import dev.assay.data.Folds;
import dev.assay.linalg.Matrix;
import dev.assay.model.LinearModel;
import dev.assay.potential.linear.LinearPotential;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How well a model of one source does on another, by training again: five folds, so that no model has seen its judges. */
final class SourceTransfer {
    private static final int FOLDS = 5;
    private static final int MOST_SOURCES = 20;

    private SourceTransfer() {}

    /** Whether there are few enough sources to train a model for each. */
    static boolean isAffordable(int sources) {
        return sources <= MOST_SOURCES;
    }

    /**
     * Mean loss on each source (column) of a model of each source alone (row) minus that of a model of all sources; 5 (S + 1)
     * fits. NaN for a source without rows.
     */
    static Matrix matrix(
            Dataset data,
            int[] source,
            int sources,
            LinearPotential model,
            long seed,
            Workers workers,
            Progress progress) {
        Folds folds = Folds.of(data, FOLDS, Seeds.child(seed, "transfer folds"), workers);
        double[] weight = new double[sources];
        for (int i = 0; i < source.length; i++) {
            weight[source[i]] += data.weights()[i];
        }
        Matrix result = new Matrix(sources, sources);
        double[] common = new double[sources];
        for (int f = 0; f < FOLDS; f++) {
            int[] judges = folds.inside(f);
            Dataset held = data.select(judges);
            int[] heldSource = Arrays.stream(judges).map(i -> source[i]).toArray();
            progress.checkCancelled();
            add(model, data.select(folds.outside(f)), held, heldSource, common, 0, workers);
            for (int s = 0; s < sources; s++) {
                progress.checkCancelled();
                int one = s;
                Dataset own = data.select(IntStream.of(folds.outside(f))
                        .filter(i -> source[i] == one)
                        .toArray());
                add(model, own, held, heldSource, result.values(), result.offset(s), workers);
            }
        }
        for (int a = 0; a < sources; a++) {
            for (int b = 0; b < sources; b++) {
                result.set(a, b, (result.get(a, b) - common[b]) / weight[b]);
            }
        }
        return result;
    }

    /** Trains and adds the losses on each source to {@code sums[offset..]}. */
    private static void add(
            LinearPotential model,
            Dataset training,
            Dataset held,
            int[] heldSource,
            double[] sums,
            int offset,
            Workers workers) {
        double[] theta = training.totalWeight() > 0
                ? model.fit(training, workers).model().theta()
                : new double[model.loss().logits() * held.dimension()];
        Matrix logits = new LinearModel(model.loss(), held.dimension(), theta).logits(held.features(), workers);
        for (int i = 0; i < heldSource.length; i++) {
            sums[offset + heldSource[i]] += held.weights()[i]
                    * model.loss()
                            .value(
                                    logits.values(),
                                    logits.offset(i),
                                    held.targets().value(i));
        }
    }
}
