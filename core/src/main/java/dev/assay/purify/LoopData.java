package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.linalg.RowSpace;
import dev.assay.model.Fit;
import dev.assay.model.LinearModel;
import dev.assay.model.Objective;
import dev.assay.work.Workers;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of a removal loop: where there are more features than rows, their coordinates in the space that the rows span, which
 * changes nothing under a ridge.
 *
 * @param original as given
 * @param rows as the loop sees them
 * @param space null where these are the same
 */
record LoopData(Dataset original, Dataset rows, @Nullable RowSpace space) {
    static LoopData of(Dataset original) {
        if (original.dimension() <= original.size()) {
            return asItIs(original);
        }
        RowSpace space = RowSpace.of(original.features());
        Dataset rows = original.withFeatures(
                space.coordinates(),
                IntStream.range(0, original.size())
                        .mapToObj(j -> "direction" + j)
                        .toList());
        return new LoopData(original, rows, space);
    }

    static LoopData asItIs(Dataset original) {
        return new LoopData(original, original, null);
    }

    /** A model of these rows as one of the original features. */
    LinearModel original(LinearModel model, Workers workers) {
        return space == null
                ? model
                : new LinearModel(
                        model.loss(),
                        original.dimension(),
                        space.toOriginal(model.parameters(), workers).values());
    }

    /** A fit to some of these rows as one to the original ones. */
    Fit original(Fit fit, int[] kept, Workers workers) {
        return space == null
                ? fit
                : new Fit(
                        original(fit.model(), workers),
                        new Objective(original.select(kept), fit.model().loss(), fit.ridge()),
                        fit.value(),
                        fit.gradientNorm(),
                        fit.iterations(),
                        fit.converged());
    }
}
