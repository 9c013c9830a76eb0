package dev.assay.job;

import dev.assay.data.InvalidInputException;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.predict.Routing;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * How well a model predicts rows whose labels are known.
 *
 * @param models to be measured
 * @param test the rows; where their sources are known, the oracle and a few labels of each source take part
 * @param known what is known of their blocks
 * @param hard whether the likeliest expert alone counts, not each by its probability
 * @param abstain the probability below which no class is predicted, or null to predict all rows
 * @param seed of the test rows that are drawn again for the intervals
 */
public record EvaluateRequest(
        ModelSet models,
        LabelledRows test,
        KnownBlocks known,
        boolean hard,
        @Nullable Double abstain,
        long seed) {
    /**
     * Predicts and measures.
     *
     * @throws InvalidInputException where a {@link PredictRequest} of the same parts refuses them
     */
    public EvaluateOutcome run(Workers workers) {
        PredictOutcome predicted =
                new PredictRequest(models, test.dataset().features(), known, hard, abstain).run(workers);
        return new EvaluateOutcome(
                predicted, ModelComparison.of(models, test, routed(predicted, workers), seed, workers));
    }

    /** Where the model's own column of sources was used, without it as well. */
    private ModelComparison.Routed routed(PredictOutcome predicted, Workers workers) {
        Predictions predictions = predicted.predictions();
        boolean usual = known instanceof KnownBlocks.Nothing
                || (known instanceof KnownBlocks.ByColumn column && !column.named());
        if (!usual || !(predicted.plan().way() instanceof RoutingPlan.BySource)) {
            return new ModelComparison.Routed(predictions, usual, null);
        }
        Routing soft = new Routing.Soft();
        return new ModelComparison.Routed(
                new Predictor(models.model())
                        .predict(test.dataset().features(), hard ? new Routing.Hard(soft) : soft, workers),
                true,
                predictions);
    }
}
