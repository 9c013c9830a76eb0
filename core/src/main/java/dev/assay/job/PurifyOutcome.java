package dev.assay.job;

import dev.assay.data.ClassTargets;
import dev.assay.data.Dataset;
import dev.assay.judge.Purified;
import dev.assay.judge.Purifier;
import dev.assay.noise.WrongLabels;
import dev.assay.purify.Purification;
import dev.assay.purify.PurifyJournal;
import dev.assay.purify.PurifySettings;
import dev.assay.purify.RemovalCurve;
import dev.assay.purify.TrajectoryPoint;
import dev.assay.quality.ClassRecall;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What purifying found, or would take out.
 *
 * @param settings that it was found with
 * @param purified what is kept and what removed, the scores of each row, and the judgement behind it
 * @param finding what the data is made of; null where rows were removed by another criterion, which makes no judgement
 * @param measures how mixed the data is before and after
 * @param rules where the rows are found that do not fit the rest
 * @param classes how many rows each has, and how many of them experts that had not seen them predict; null for numbers
 * @param given what is to be known of the probabilities that it was judged by; null where none were given
 * @param curve what removing more and more rows does; none where nobody asked, or the trajectory of the purification says it
 */
public record PurifyOutcome(
        PurifySettings settings,
        Purified purified,
        @Nullable Finding finding,
        PurifyMeasures measures,
        FoundRules rules,
        @Nullable ClassRecall classes,
        @Nullable GivenMeasures given,
        List<TrajectoryPoint> curve) {
    /** Copies the list. */
    public PurifyOutcome {
        curve = List.copyOf(curve);
    }

    /** What is kept and what removed, and the scores of each row. */
    public Purification purification() {
        return purified.purification();
    }

    static PurifyOutcome of(
            String first,
            TrainingData data,
            @Nullable Dataset watched,
            PurifySettings settings,
            boolean detailed,
            PurifyJournal journal,
            Workers workers,
            Progress progress,
            Laps laps) {
        Purified judged =
                Purifier.judged(data.dataset(), data.probabilities(), watched, settings, journal, workers, progress);
        Purification purification = judged.purification();
        Finding finding = Finding.of(judged);
        WrongLabels labels =
                judged.judgement() == null ? null : judged.judgement().labels();
        laps.lap(first);
        PurifyMeasures measures = PurifyMeasures.of(judged, settings, detailed, workers, progress);
        FoundRules rules = FoundRules.of(data, purification, settings.seed(), workers);
        GivenMeasures given = GivenMeasures.of(data, settings.seed(), workers);
        laps.lap("measure");
        List<TrajectoryPoint> curve = List.of();
        if (detailed) {
            curve = RemovalCurve.of(purification, watched, workers, progress);
            laps.lap("follow");
        }
        return new PurifyOutcome(
                settings, judged, finding, measures, rules, classes(data.dataset(), labels), given, curve);
    }

    /** Null for numbers. */
    static @Nullable ClassRecall classes(Dataset data, @Nullable WrongLabels labels) {
        return data.targets() instanceof ClassTargets targets
                ? ClassRecall.of(targets, data.weights(), labels == null ? null : labels.predicted())
                : null;
    }
}
