package dev.assay.purify;

import dev.assay.data.Dataset;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where purification begins, whatever the criterion. */
public final class Purifier {
    private Purifier() {}

    /**
     * Purifies a data set. The same data, settings and seed give the same result, whatever the number of threads and whether
     * the run was interrupted or not.
     *
     * @param watched a test set, encoded like the data, that is only watched and has no effect on anything else; or null
     * @param journal what an interrupted run of the same data and settings left, or an empty one; it is kept up to date
     * @throws dev.assay.data.InvalidInputException if the journal belongs to another run
     * @throws dev.assay.work.CancelledException if the progress was cancelled; the journal then holds what was worked out
     */
    public static Purification purify(
            Dataset data,
            @Nullable Dataset watched,
            PurifySettings settings,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        if (settings.criterion() == CriterionKind.AUTO) {
            AutomaticCriterion decided = AutomaticCriterion.decide(data);
            return purify(
                    data,
                    watched,
                    settings.withCriterion(decided.kind()),
                    List.of(decided.reason()),
                    journal,
                    workers,
                    progress);
        }
        return purify(data, watched, settings, List.of(), journal, workers, progress);
    }

    private static Purification purify(
            Dataset data,
            @Nullable Dataset watched,
            PurifySettings settings,
            List<String> explanation,
            PurifyJournal journal,
            Workers workers,
            Progress progress) {
        if (settings.criterion() == CriterionKind.OUT_OF_FOLD) {
            journal.open(data.fingerprint(), settings);
            return OutOfFoldPurifier.purify(data, watched, settings, explanation, workers, progress);
        }
        return new RemovalLoop(data, watched, settings, journal, workers, progress)
                .run()
                .explainedBy(explanation);
    }
}
