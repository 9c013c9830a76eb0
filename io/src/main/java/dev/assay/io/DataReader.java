package dev.assay.io;

import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.TableEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * @throws InvalidInputException with one clear line if it cannot be used
     */
    public LoadedData read(Path path, ReadSettings settings) {
        InputFile file = InputFile.at(path);
        if (!file.format().isTable()) {
            return new ArrayReader(file, settings).read();
        }
        if (settings.labelsFile() != null) {
            throw new InvalidInputException("--labels " + settings.labelsFile() + " is for arrays and images; " + path
                    + " is a table, name its label column with --label");
        }
        TableReader.Content content = new TableReader(file, settings, threads).read();
        Labels labels = Labels.of(content.labels(), settings.task(), content.weights());
        FittedEncoder encoder = new TableEncoder(
                        settings.style(), new HashSet<>(settings.numeric()), new HashSet<>(settings.categorical()))
                .fit(content.features(), content.weights());
        Memory.require(
                path.toString(),
                content.features().rowCount(),
                encoder.featureNames().size());
        Dataset dataset = new Dataset(
                encoder.encode(content.features()).features(),
                labels.targets(),
                weights(content),
                fileRows(content),
                encoder.featureNames());
        List<String> notes = new ArrayList<>(content.notes());
        notes.addAll(encoder.notes());
        return new LoadedData(
                dataset, encoder, content.source(), settings, labels.task(), labels.reason(), notes, content.ids());
    }

    /**
     * Reads held-out data of the same columns, or keys, and applies the encoding of the training data unchanged.
     *
     * @param labelsFile the file with the labels, or null where they are in the same file
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public TestData readTest(Path path, @Nullable Path labelsFile, LoadedData training) {
        InputFile file = InputFile.at(path);
        ReadSettings settings = training.settings().withLabelsFile(labelsFile);
        if (training.encoding() instanceof FittedArrayEncoder) {
            if (file.format().isTable()) {
                throw new InvalidInputException(
                        path + " is a table, the training data are arrays; give the test data" + " in the same form");
            }
            return new ArrayReader(file, settings).readLike(training);
        }
        if (!file.format().isTable()) {
            throw new InvalidInputException(
                    path + " holds arrays, the training data is a table; give the test data in" + " the same form");
        }
        TableReader.Content content = new TableReader(file, settings, threads).readLike(training);
        FittedEncoder encoder = (FittedEncoder) training.encoding();
        FittedEncoder.Encoded encoded = encoder.encode(content.features());
        Dataset dataset = new Dataset(
                encoded.features(),
                Labels.like(training.dataset().targets(), content.labels()),
                weights(content),
                fileRows(content),
                encoder.featureNames());
        List<String> notes = new ArrayList<>(content.notes());
        notes.addAll(encoded.notes());
        return new TestData(dataset, notes);
    }

    private static double[] weights(TableReader.Content content) {
        double[] given = content.weights();
        if (given != null) {
            return given;
        }
        double[] equal = new double[content.labels().size()];
        Arrays.fill(equal, 1);
        return equal;
    }

    private static int[] fileRows(TableReader.Content content) {
        int[] rows = new int[content.features().rowCount()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = content.features().fileRow(row);
        }
        return rows;
    }
}
