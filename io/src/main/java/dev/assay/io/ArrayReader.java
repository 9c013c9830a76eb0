package dev.assay.io;

import dev.assay.data.InvalidInputException;

/** Reads arrays and images. */
final class ArrayReader {

    private final InputFile file;
    private final ReadSettings settings;

    ArrayReader(InputFile file, ReadSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    @SuppressWarnings("DoNotCallSuggester")
    LoadedData read() {
        throw new InvalidInputException(file + " " + settings);
    }

    @SuppressWarnings("DoNotCallSuggester")
    TestData readLike(LoadedData training) {
        throw new InvalidInputException(file + " " + settings + training.source());
    }
}
