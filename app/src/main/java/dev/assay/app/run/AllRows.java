package dev.assay.app.run;

import dev.assay.app.result.AllRowsWords;
import dev.assay.app.result.ExpectedStages;
import dev.assay.app.result.Numbers;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.io.BlockReader;
import dev.assay.io.DataReader;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.RowBlock;
import dev.assay.io.read.SampleSize;
import dev.assay.io.read.SampledData;
import dev.assay.io.result.ResultBlocks;
import dev.assay.io.scratch.ScratchRows;
import dev.assay.io.scratch.ScratchScores;
import dev.assay.job.DividedRows;
import dev.assay.job.PurifiedRows;
import dev.assay.work.Progress;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All labelled rows of data that is larger than memory, encoded like the sample of it that was learned from, in scratch files that are deleted
 * at the end.
 *
 * @param folder of the scratch files
 * @param rows encoded
 * @param scores of the rows, none yet
 * @param sampled how many rows the sample has
 * @param notes on the encoding of all rows
 */
record AllRows(Path folder, ScratchRows rows, ScratchScores scores, int sampled, List<String> notes)
        implements AutoCloseable {
    private static final String ELSEWHERE = " ASSAY_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    /** Of what is judged of a row, in a few blocks. */
    private static final long SCORE_BYTES = 80;

    /**
     * Which files are too large to be learned from in memory as a whole, and how much of them is. Decided by size alone, so that the same file
     * gives the same results on every machine.
     *
     * @param fewestBytes files of fewer are read as a whole ...
     * @param fewestRows ... and so are those of fewer rows
     * @param mostRows up to so many rows ...
     * @param mostValues ... and so many numbers, all are learned from
     * @param probe rows from which it is learned how many numbers a row has
     * @param sampledValues that a sample has, about ...
     * @param smallestSample ... with at least so many rows ...
     * @param largestSample ... and at most so many
     */
    record Limits(
            long fewestBytes,
            int fewestRows,
            int mostRows,
            long mostValues,
            int probe,
            int sampledValues,
            int smallestSample,
            int largestSample) {
        static final Limits STANDARD =
                new Limits(4_000_000, 100_000, 250_000, 1L << 25, 20_000, 20_000_000, 5000, 200_000);

        /** No file is too large. */
        static final Limits NONE = new Limits(Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * A sample of a file that is larger than what is learned from in memory; the whole of any other.
     *
     * @throws InvalidInputException if the file cannot be used
     */
    static SampledData sample(RunInput input, DataReader reader, Limits limits, long seed) {
        if (!mayBeLarge(input, limits)
                || reader.locate(input.data(), input.reading()).records() < limits.fewestRows()) {
            return whole(input, reader);
        }
        long draw = Seeds.child(seed, "rows of a large file");
        SampledData probe = reader.readSample(input.data(), input.reading(), new SampleSize(limits.probe(), draw));
        int dimension = probe.data().dataset().dimension();
        if (probe.labelled() <= limits.mostRows() && (long) probe.labelled() * dimension <= limits.mostValues()) {
            return probe.isSample() ? whole(input, reader) : probe;
        }
        int rows =
                Math.max(limits.smallestSample(), Math.min(limits.largestSample(), limits.sampledValues() / dimension));
        return reader.readSample(input.data(), input.reading(), new SampleSize(rows, draw));
    }

    /** With a word on what was drawn, where it is a sample. */
    static LoadedData noted(SampledData sampled) {
        LoadedData data = sampled.data();
        if (!sampled.isSample()) {
            return data;
        }
        List<Note> notes = new ArrayList<>();
        notes.add(Note.of("these are a sample by content, of " + Numbers.count(sampled.labelled())
                + " rows with a label: what they teach is applied to all"));
        notes.addAll(data.notes());
        return data.withNotes(notes);
    }

    private static SampledData whole(RunInput input, DataReader reader) {
        LoadedData all = reader.read(input.data(), input.reading());
        return new SampledData(all, all.dataset().size());
    }

    /** What needs all rows at once is done in memory whatever their number. */
    private static boolean mayBeLarge(RunInput input, Limits limits) {
        ReadSettings reading = input.reading();
        return input.test() == null
                && reading.source() == null
                && reading.group() == null
                && reading.time() == null
                && reading.embedding() == null
                && reading.probabilities() == null
                && bytes(input.data()) >= limits.fewestBytes();
    }

    private static long bytes(Path data) {
        try {
            return Files.isRegularFile(data) ? Files.size(data) : 0;
        } catch (IOException unreadable) {
            // said by whoever reads it
            return 0;
        }
    }

    /**
     * Reads and encodes all rows.
     *
     * @param sample that was learned from
     * @throws InvalidInputException if a row cannot be encoded like the sample, or there is no space
     */
    static AllRows read(RunInput input, LoadedData sample, int labelled, Workers workers, Progress progress) {
        progress.phase(ExpectedStages.encoding(labelled), labelled);
        Path folder = newFolder();
        requireSpace(folder, ScratchRows.bytes(sample.encoding(), labelled) + SCORE_BYTES * labelled);
        ScratchRows rows = new ScratchRows(folder, sample.encoding());
        ScratchScores scores = new ScratchScores(folder);
        try {
            int blockRows = ScratchRows.blockRows(sample.dataset().dimension());
            List<String> notes = new BlockReader(workers.threads(), blockRows)
                    .readTest(input.data(), input.reading().labelsFile(), InputSchema.of(sample), null, block -> {
                        progress.checkCancelled();
                        add(rows, block);
                        progress.step(rows.size());
                    });
            return new AllRows(folder, rows, scores, sample.dataset().size(), new ArrayList<>(notes));
        } catch (RuntimeException | Error problem) {
            close(folder, rows, scores);
            throw problem;
        }
    }

    private static void add(ScratchRows rows, RowBlock<Dataset> block) {
        rows.add(block.encoded(), block.ids());
    }

    private static void requireSpace(Path folder, long bytes) {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            // said when it is full
            return;
        }
        if (free < bytes) {
            folder.toFile().deleteOnExit();
            throw new InvalidInputException("the scratch files take " + (bytes >> 20) + " MB, " + folder.getParent()
                    + " has " + (free >> 20) + " MB: make room, or name another temporary folder with" + ELSEWHERE);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("assay-");
        } catch (IOException problem) {
            throw new InvalidInputException(
                    "no scratch files can be made: " + problem.getMessage()
                            + "; check the free space and the permissions, or name another temporary folder with"
                            + ELSEWHERE,
                    problem);
        }
    }

    /** The columns of rows.csv of a purification. */
    ResultBlocks columns(PurifiedRows found, Progress progress) {
        return sink -> found.each(
                (index, block, judged, said) -> sink.accept(AllRowsWords.columns(block, rows.ids(index), judged, said)),
                progress);
    }

    /** The columns of rows.csv of a division. */
    ResultBlocks columns(DividedRows found, Progress progress) {
        return sink -> found.each(
                (index, block, judged) -> sink.accept(AllRowsWords.columns(block, rows.ids(index), judged)), progress);
    }

    @Override
    public void close() {
        close(folder, rows, scores);
    }

    private static void close(Path folder, ScratchRows rows, ScratchScores scores) {
        rows.close();
        scores.close();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException problem) {
            // an empty folder that stays behind harms nobody
            folder.toFile().deleteOnExit();
        }
    }
}
