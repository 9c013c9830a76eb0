package dev.assay.app.run;

import dev.assay.app.result.DataRemarks;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.RunRecord;
import dev.assay.data.Dataset;
import dev.assay.drift.DataProfile;
import dev.assay.io.DataReader;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
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
     */
    public record Loaded(LoadedData data, @Nullable EncodedRows<Dataset> test, DataRemarks about) {
        /** The test rows as a purification watches them, or null. */
        @Nullable
        Dataset watched() {
            return test == null ? null : test.encoded();
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
     * Reads, and says so in the record.
     *
     * @param note what the reader of any result should know besides, or null
     */
    Loaded read(RunRecord record, long seed, @Nullable String note, Workers workers, Progress progress) {
        progress.phase(ExpectedStages.reading(String.valueOf(data.getFileName())), 0);
        DataReader reader = new DataReader(workers.threads());
        LoadedData loaded = reader.read(data, reading).inContentOrder(workers);
        // a test file that cannot be read is to be known before the work
        EncodedRows<Dataset> given =
                test == null ? null : reader.readTest(test, testLabels, InputSchema.of(loaded), reading.source());
        DataRemarks about = DataRemarks.of(loaded, note, seed, workers);
        DataProfile profile = DataProfile.of(
                loaded.encoding(), loaded.dataset(), loaded.source().label(), workers);
        record.data(loaded, about, profile).lap("read");
        return new Loaded(loaded, given, about);
    }
}
