package dev.assay.io;

import java.nio.file.Path;

/** Reads a file of any known format into a data set. */
public final class DataReader {

    private final int threads;

    /** A reader that uses so many threads. */
    public DataReader(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
        }
        this.threads = threads;
    }

    /**
     * Reads a data set to learn from.
     *
     * @throws dev.assay.data.InvalidInputException with one clear line if it cannot be used
     */
    @SuppressWarnings("DoNotCallSuggester")
    public LoadedData read(Path path, ReadSettings settings) {
        throw new UnsupportedOperationException("reading " + path + " as " + settings + " on " + threads);
    }

    /**
     * Reads held-out data of the same columns, or keys, and applies the encoding of the training data unchanged.
     *
     * @param labelsFile the file with the labels, or null where they are in the same file
     * @throws dev.assay.data.InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    @SuppressWarnings("DoNotCallSuggester")
    public TestData readTest(Path path, @org.jspecify.annotations.Nullable Path labelsFile, LoadedData training) {
        throw new UnsupportedOperationException(
                "reading " + path + labelsFile + " like " + training.source() + " on " + threads);
    }
}
