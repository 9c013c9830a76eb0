package dev.assay.job;

import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of rows that come in blocks: the same as of all rows at once ({@link PredictRequest}). Where the shares of the blocks follow
 * from the rows ({@link KnownBlocks.OtherShares}), all of them have to be looked at first, and 8 K bytes are kept for each.
 */
public final class BlockPredictor {
    private final ModelSet models;
    private final KnownBlocks known;
    private final boolean hard;
    private final @Nullable Double abstain;
    private final Workers workers;
    private final List<Matrix> logShares = new ArrayList<>();
    private @Nullable RoutingPlan fixed;
    private @Nullable RoutingPlan plan;

    /**
     * For blocks of rows.
     *
     * @param known what is known of their blocks; of a column each block tells its own
     * @param hard whether the likeliest expert alone counts, not each by its probability
     * @param abstain the probability below which no class is predicted, or null to predict all rows
     */
    public BlockPredictor(ModelSet models, KnownBlocks known, boolean hard, @Nullable Double abstain, Workers workers) {
        this.models = models;
        this.known = known;
        this.hard = hard;
        this.abstain = abstain;
        this.workers = workers;
    }

    /** What is known of the blocks of all rows. */
    public KnownBlocks known() {
        return known;
    }

    /** Whether all rows have to be looked at before the first is predicted. */
    public boolean looksFirst() {
        return known instanceof KnownBlocks.OtherShares;
    }

    /** Looks at the next rows. */
    public void look(Matrix features) {
        logShares.add(models.model().router().logShares(features, workers));
    }

    /**
     * Predicts the next rows.
     *
     * @param own what is known of the blocks of these
     * @throws InvalidInputException as {@link PredictRequest#run}
     */
    public PredictOutcome next(Matrix features, KnownBlocks own) {
        PredictRequest request = new PredictRequest(models, features, own, hard, abstain);
        RoutingPlan made = fixed == null ? plan(features, own) : fixed;
        PredictOutcome outcome = request.run(made, workers);
        plan = plan == null ? made : plan.plus(made);
        return outcome;
    }

    private RoutingPlan plan(Matrix features, KnownBlocks own) {
        if (looksFirst()) {
            fixed = RoutingPlan.adapted(models, stacked(), hard);
            return fixed;
        }
        RoutingPlan made = RoutingPlan.of(models, features, own, hard, workers);
        if (known instanceof KnownBlocks.Context) {
            fixed = made;
        }
        return made;
    }

    private Matrix stacked() {
        int rows = logShares.stream().mapToInt(Matrix::rows).sum();
        Matrix all = new Matrix(rows, models.model().blocks());
        int at = 0;
        for (Matrix block : logShares) {
            System.arraycopy(block.values(), 0, all.values(), at, block.values().length);
            at += block.values().length;
        }
        logShares.clear();
        return all;
    }

    /** How all of them found their experts, once some are predicted. */
    public RoutingPlan plan() {
        return Objects.requireNonNull(plan, "no row was predicted");
    }
}
