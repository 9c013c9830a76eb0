package dev.assay.app.run;

import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.RunRecord;
import dev.assay.data.Dataset;
import dev.assay.divide.Division;
import dev.assay.divide.DivisionJudge;
import dev.assay.drift.DataProfile;
import dev.assay.io.DataReader;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.SampledData;
import dev.assay.job.DividedRows;
import dev.assay.job.PurifiedRows;
import dev.assay.job.PurifyOutcome;
import dev.assay.predict.RoutedModels;
import dev.assay.route.RouterSelector;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run reads.
 *
 * @param data the file
 * @param reading how to read it
 * @param test rows to measure with, or null
 * @param testLabels their labels, where they are in a file of their own
 */
public record RunInput(
        Path data,
        ReadSettings reading,
        @Nullable Path test,
        @Nullable Path testLabels) {
    /** The same with another file of data. */
    public RunInput withData(Path other, ReadSettings otherReading) {
        return new RunInput(other, otherReading, test, testLabels);
    }

    /**
     * What was read.
     *
     * @param data in the order of its content
     * @param test encoded like it, or null
     * @param about what the reader of any result should know of the data
     * @param all the rows of which data is a sample, or null where it is all of them
     */
    public record Loaded(
            LoadedData data,
            @Nullable EncodedRows<Dataset> test,
            DataRemarks about,
            @Nullable AllRows all) implements AutoCloseable {
        /** The test rows as a purification watches them, or null. */
        @Nullable
        Dataset watched() {
            return test == null ? null : test.encoded();
        }

        /** What a purification says of all rows, where data is a sample of them; else null. */
        @Nullable
        PurifiedRows purified(PurifyOutcome found, long seed, Workers workers, Progress progress) {
            AllRows rows = all;
            return rows == null
                    ? null
                    : PurifiedRows.of(
                            found.purified(),
                            gate(found.purified().division(), seed, workers, progress),
                            rows.rows(),
                            rows.scores(),
                            workers,
                            progress);
        }

        /** The same of a division. */
        @Nullable
        DividedRows divided(Division found, long seed, Workers workers, Progress progress) {
            AllRows rows = all;
            return rows == null
                    ? null
                    : DividedRows.of(
                            found, gate(found, seed, workers, progress), rows.rows(), rows.scores(), workers, progress);
        }

        private static DivisionJudge.@Nullable Gate gate(
                @Nullable Division division, long seed, Workers workers, Progress progress) {
            return division == null || !division.isGated()
                    ? null
                    : RoutedModels.train(division, RouterSelector.AUTO, seed, workers, progress)
                            .model()
                            .router()::logShares;
        }

        @Override
        public void close() {
            if (all != null) {
                all.close();
            }
        }
    }

    /** All files that are read. */
    List<Path> files() {
        ProbabilityFiles given = reading.probabilities();
        return Stream.of(
                        data,
                        reading.labelsFile(),
                        test,
                        testLabels,
                        given == null ? null : given.probabilities(),
                        given == null ? null : given.folds())
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Reads, and says so in the record: all rows, or of a file that is larger than memory a sample to learn from, and all rows beside it.
     *
     * @param note what the reader of any result should know besides, or null
     */
    Loaded read(RunRecord record, long seed, @Nullable String note, Workers workers, Progress progress) {
        return read(AllRows.Limits.STANDARD, record, seed, note, workers, progress);
    }

    /** The same for what has to see every row at once: all of them, whatever their number. */
    Loaded readWhole(RunRecord record, long seed, @Nullable String note, Workers workers, Progress progress) {
        return read(AllRows.Limits.NONE, record, seed, note, workers, progress);
    }

    private Loaded read(
            AllRows.Limits limits,
            RunRecord record,
            long seed,
            @Nullable String note,
            Workers workers,
            Progress progress) {
        progress.phase(ExpectedStages.reading(String.valueOf(data.getFileName())), 0);
        DataReader reader = new DataReader(workers.threads());
        SampledData sampled = AllRows.sample(this, reader, limits, seed);
        LoadedData loaded = AllRows.noted(sampled).inContentOrder(workers);
        // a test file that cannot be read is to be known before the work
        EncodedRows<Dataset> given =
                test == null ? null : reader.readTest(test, testLabels, InputSchema.of(loaded), reading.source());
        DataRemarks about = DataRemarks.of(loaded, note, seed, workers);
        DataProfile profile = DataProfile.of(
                loaded.encoding(), loaded.dataset(), loaded.source().label(), workers);
        record.data(loaded, sampled.labelled(), about, profile).lap("read");
        if (!sampled.isSample()) {
            return new Loaded(loaded, given, about, null);
        }
        AllRows all = AllRows.read(this, loaded, sampled.labelled(), workers, progress);
        record.lap("encode");
        return new Loaded(loaded, given, about, all);
    }
}
