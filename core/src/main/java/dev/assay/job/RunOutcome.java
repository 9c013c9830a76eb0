package dev.assay.job;

import dev.assay.data.Dataset;
import org.jspecify.annotations.Nullable;

/**
 * What a run made.
 *
 * @param divided the blocks
 * @param trained the model, of all rows
 * @param tested how well it does
 */
public record RunOutcome(DivideOutcome divided, TrainedModel trained, Tested tested) {
    /**
     * What models of a run were measured with.
     *
     * @param trained the model that was compared: of all rows, or of those that were not held out
     * @param comparison how well it does
     * @param test the rows that it was measured with
     * @param heldOut which of the data these are, in the order of the file; null where they were given
     * @param contradiction where the rows that were trained with are judged otherwise than all rows, or null; what was measured
     *     then says nothing about the blocks of all rows
     */
    public record Tested(
            TrainedModel trained,
            ModelComparison comparison,
            Dataset test,
            int @Nullable [] heldOut,
            @Nullable Contradiction contradiction) {}

    /**
     * The rows without those that were held out come out otherwise than all rows.
     *
     * @param heldOut how many rows were held out
     * @param blocksWithout number of blocks without them
     * @param blocksOfAll number of blocks of all rows
     */
    public record Contradiction(int heldOut, int blocksWithout, int blocksOfAll) {}
}
