package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Find the rows that do not belong.
 *
 * @param data to be purified
 * @param watched clean rows, encoded like the data, whose accuracy is watched and decides nothing; or null
 * @param settings how
 */
public record PurifyRequest(TrainingData data, @Nullable Dataset watched, PurifySettings settings) {
    /**
     * Checks the watched rows.
     *
     * @throws dev.assay.data.InvalidInputException if they are encoded otherwise than the data
     */
    public PurifyRequest {
        data.requireEnoughGroups();
        if (watched != null) {
            data.requireLike("watched", watched);
        }
    }

    /**
     * Purifies and measures.
     *
     * @param journal what an interrupted run of the same request left, or an empty one; it is kept up to date
     * @param laps is told of the parts purify, measure and follow
     * @throws dev.assay.work.CancelledException if the progress was cancelled; the journal then holds what was worked out
     */
    public PurifyOutcome run(PurifyJournal journal, Workers workers, Progress progress, Laps laps) {
        return PurifyOutcome.of("purify", data, watched, settings, true, journal, workers, progress, laps);
    }
}
