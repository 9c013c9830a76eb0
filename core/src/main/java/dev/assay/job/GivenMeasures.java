package dev.assay.job;

import dev.assay.judge.OutOfFoldSigns;
import dev.assay.predict.Reliability;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of probabilities that were given.
 *
 * @param reliability how far they keep what they promise
 * @param signs what speaks for and against their having been made out of fold
 */
public record GivenMeasures(Reliability reliability, OutOfFoldSigns signs) {
    /** Of the data's; null where none were given. */
    static @Nullable GivenMeasures of(TrainingData data, long seed, Workers workers) {
        return data.probabilities() == null
                ? null
                : new GivenMeasures(
                        Reliability.of(data.probabilities(), data.dataset()),
                        OutOfFoldSigns.of(data.dataset(), data.probabilities(), seed, workers));
    }
}
