package dev.assay.job;

/**
 * How well a model predicts.
 *
 * @param predicted its predictions of the test rows, in the way that was asked for
 * @param comparison with other models
 */
public record EvaluateOutcome(PredictOutcome predicted, ModelComparison comparison) {}
