package dev.assay.job;

import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import dev.assay.predict.ClassPredictions;
import dev.assay.predict.Predictions;
import dev.assay.predict.Predictor;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * The labels of new rows.
 *
 * @param models by which they are predicted
 * @param features n x d, encoded like the training data, the bias last
 * @param known what is known of their blocks
 * @param hard whether the likeliest expert alone counts, not each by its probability
 * @param abstain the probability below which no class is predicted, or null to predict all rows
 */
public record PredictRequest(
        ModelSet models,
        Matrix features,
        KnownBlocks known,
        boolean hard,
        @Nullable Double abstain) {
    /**
     * Checks the parts.
     *
     * @throws InvalidInputException if they do not fit together
     */
    public PredictRequest {
        int d = models.model().inputDimension();
        if (features.columns() != d) {
            throw new InvalidInputException(
                    "features has " + features.columns() + " columns, the model takes " + d + ", the bias last");
        }
        TrainingData.requireFeatures("features", features);
        if (abstain != null && !(abstain >= 0 && abstain <= 1)) {
            throw new InvalidInputException("abstain is " + abstain + ", expected a probability from 0 to 1");
        }
        if (known instanceof KnownBlocks.ByColumn column && column.cells().size() != features.rows()) {
            throw new InvalidInputException("known has " + column.cells().size() + " cells of column '"
                    + column.column() + "' for " + features.rows() + " rows");
        }
    }

    /** Rows that are predicted as usual: by their source where the model knows the column, else by their features. */
    public static PredictRequest usual(ModelSet models, Matrix features, KnownBlocks known) {
        return new PredictRequest(models, features, known, false, null);
    }

    /**
     * Predicts.
     *
     * @throws InvalidInputException if rows are said to be of a block that the model has not, or it predicts numbers and is to
     *     abstain
     */
    public PredictOutcome run(Workers workers) {
        return run(RoutingPlan.of(models, features, known, hard, workers), workers);
    }

    /** The same by a plan that is made. */
    PredictOutcome run(RoutingPlan plan, Workers workers) {
        Predictions predictions = new Predictor(models.model()).predict(features, plan.routing(), workers);
        boolean[] abstained = new boolean[predictions.size()];
        if (abstain != null) {
            if (!(predictions instanceof ClassPredictions classes)) {
                throw new InvalidInputException("abstain is for classes; this model predicts numbers, whose deviation"
                        + " says how sure it is");
            }
            abstained = classes.abstained(abstain);
        }
        return new PredictOutcome(plan, predictions, abstained);
    }
}
