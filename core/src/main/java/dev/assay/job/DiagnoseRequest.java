package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.learn.LearnerSet;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Look at data without taking anything out: how mixed it is and how suspicious each row.
 *
 * @param data to be looked at
 * @param watched clean rows, encoded like the data, whose accuracy is watched and decides nothing; or null
 * @param detailed whether pictures of the influences and the removal curve are wanted, as a report shows them
 * @param wanted what else is looked for
 * @param learners whose experts judge the labels
 * @param seed of everything that is drawn
 */
public record DiagnoseRequest(
        TrainingData data,
        @Nullable Dataset watched,
        boolean detailed,
        QualityChecks wanted,
        LearnerSet learners,
        long seed) {
    /**
     * Checks the watched rows.
     *
     * @throws dev.assay.data.InvalidInputException if they are encoded otherwise than the data
     */
    public DiagnoseRequest {
        data.requireEnoughGroups();
        if (watched != null) {
            data.requireLike("watched", watched);
        }
    }

    /** The settings that it looks with. */
    public PurifySettings settings() {
        return PurifySettings.AUTOMATIC.withLearners(learners).withSeed(seed);
    }

    /**
     * What a purification would take out, all that is measured of it, and what else is odd.
     *
     * @param laps is told of the parts diagnose, measure and, where detailed, follow, and quality
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public DiagnoseOutcome run(Workers workers, Progress progress, Laps laps) {
        PurifyOutcome purification = PurifyOutcome.of(
                "diagnose", data, watched, settings(), detailed, new PurifyJournal(), workers, progress, laps);
        DataQuality quality = DataQuality.of(data, wanted, seed, workers, progress);
        laps.lap("quality");
        return new DiagnoseOutcome(purification, quality);
    }
}
