package dev.assay.job;

import dev.assay.divide.DivideSettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;

/**
 * Take data apart: how many kinds of rows there are, and which row is of which.
 *
 * @param data to be divided; its sources are compared with the blocks and never used to find them
 * @param settings how
 */
public record DivideRequest(TrainingData data, DivideSettings settings) {
    /**
     * Checks the data.
     *
     * @throws dev.assay.data.InvalidInputException if it comes with probabilities, which say nothing of blocks
     */
    public DivideRequest {
        data.requireEnoughGroups();
        data.requireNoProbabilities();
    }

    /**
     * Divides and measures.
     *
     * @param laps is told of the parts divide and measure
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public DivideOutcome run(Workers workers, Progress progress, Laps laps) {
        return DivideOutcome.of(data, settings, workers, progress, laps);
    }
}
