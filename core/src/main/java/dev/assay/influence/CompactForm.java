package dev.assay.influence;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.linalg.RowSpace;
import dev.assay.model.Linearization;
import dev.assay.model.LogitDirections;
import dev.assay.model.Loss;
import dev.assay.model.Objective;
import dev.assay.model.TransformedLoss;
import dev.assay.work.Workers;
import java.util.stream.IntStream;

/**
 * The same problem in as few coordinates as possible, with the same influences g_j' H^-1 g_i.
 *
 * <p>Two changes of coordinates, both orthogonal and therefore exact under a ridge: a loss that does not change when all
 * logits are shifted loses one of its C logits, and features with d above n are written in the n directions that the
 * rows span (the dual, n-sided form). Then p = c * min(n, d), with c = C - 1 or C.
 */
public final class CompactForm {
    private CompactForm() {}

    /** The compact form of a linearised objective; the argument itself where nothing can be saved. O(n^2 d) where d > n. */
    public static Linearization of(Linearization original, Workers workers) {
        Objective objective = original.objective();
        Dataset data = objective.data();
        Loss loss = objective.loss();
        boolean rotate = data.size() < data.dimension();
        boolean reduce = loss.isShiftInvariant() && loss.logits() > 1;
        if (!rotate && !reduce) {
            return original;
        }
        Matrix parameters = new Matrix(loss.logits(), data.dimension(), original.theta());
        if (reduce) {
            TransformedLoss reduced = new TransformedLoss(loss, LogitDirections.alike(loss.logits()));
            parameters = Dense.multiply(reduced.transform().transpose(), parameters, workers);
            loss = reduced;
        }
        if (rotate) {
            RowSpace space = RowSpace.of(data.features());
            parameters = space.toCoordinates(parameters, workers);
            data = data.withFeatures(
                    space.coordinates(),
                    IntStream.range(0, data.size())
                            .mapToObj(j -> "direction" + j)
                            .toList());
        }
        return new Objective(data, loss, objective.ridge()).at(parameters.values(), workers);
    }
}
