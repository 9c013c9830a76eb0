package dev.assay.io;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.Dataset;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Remedy;
import dev.assay.data.TableEncoder;
import dev.assay.io.array.ArrayReader;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.Memory;
import dev.assay.io.file.SourceContent;
import dev.assay.io.network.EmbeddingChoice;
import dev.assay.io.read.DataSource;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.Groups;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.Labels;
import dev.assay.io.read.LoadedData;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.RowBlock;
import dev.assay.io.read.SampleSize;
import dev.assay.io.read.SampledData;
import dev.assay.io.table.TableReader;
import dev.assay.linalg.Matrix;
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
        return read(path, settings, null).data();
    }

    /**
     * Reads a sample to learn from where a file has more rows than that takes: those with a label whose contents (features, label and
     * weight) have the smallest hashes. So it is the same whatever the order of the rows, rows of one content are all in it or none is, and
     * a row's place in it does not depend on the others but for their number. Two passes over the file, three where the types of a text table
     * are hard to tell; memory for the sample.
     *
     * @param size how many rows, and the seed; where the file has no more, all are read
     * @throws InvalidInputException with one clear line if it cannot be used
     */
    public SampledData readSample(Path path, ReadSettings settings, SampleSize size) {
        return read(path, settings, size);
    }

    private SampledData read(Path path, ReadSettings settings, @Nullable SampleSize size) {
        InputFile file = InputFile.at(path);
        List<Path> files = files(path, settings.labelsFile());
        ProbabilityFiles given = settings.probabilities();
        if (given != null) {
            files.addAll(given.all());
        }
        EmbeddingChoice embedding = settings.embedding();
        if (embedding != null) {
            files.add(embedding.network());
        }
        SourceContent content = SourceContent.of(files);
        SampledData read = content.unchanged(() -> {
            SampledData sampled = read(file, settings, size);
            LoadedData loaded = sampled.data();
            return given == null
                    ? sampled
                    : new SampledData(
                            loaded.with(new ProbabilityReader(given, threads)
                                    .read(loaded.dataset(), loaded.source().records())),
                            sampled.labelled());
        });
        return new SampledData(read.data().with(content), read.labelled());
    }

    private static List<Path> files(Path data, @Nullable Path labels) {
        List<Path> files = new ArrayList<>(List.of(data));
        if (labels != null) {
            files.add(labels);
        }
        return files;
    }

    private SampledData read(InputFile file, ReadSettings settings, @Nullable SampleSize size) {
        Path path = file.path();
        if (!file.format().isTable()) {
            return new ArrayReader(file, settings).read(size);
        }
        if (settings.labelsFile() != null) {
            throw new InvalidInputException(
                    "the labels file " + settings.labelsFile() + " is for arrays and images; " + path + " is a table",
                    List.of(Remedy.by("name its label column", "label", "COLUMN")));
        }
        if (settings.embedding() != null) {
            throw new InvalidInputException(
                    "the network " + settings.embedding().network() + " takes arrays and images; " + path
                            + " is a table: give its numbers as .npy or .npz");
        }
        TableReader.Content content = new TableReader(file, settings, threads).read(size);
        Labels labels =
                Labels.of(content.labels(), settings.task(), content.weights(), content.cells(), content.unlabelled());
        FittedEncoder fitted = new TableEncoder(
                        settings.style(),
                        new HashSet<>(settings.numeric()),
                        new HashSet<>(settings.categorical()),
                        new HashSet<>(settings.text()))
                .fit(content.features(), content.weights());
        FittedEncoder encoder = withRowNumbers(fitted, content.rowNumbers());
        Memory.require(
                path.toString(),
                content.features().rowCount(),
                encoder.featureNames().size(),
                content.features().columns().size() + encoder.featureNames().size());
        Dataset dataset = new Dataset(
                        encoder.encode(content.features()).features(),
                        labels.targets(),
                        weights(content),
                        content.features().fileRows(),
                        encoder.featureNames())
                .withGroups(Groups.of(content.groups(), settings.group(), path));
        List<Note> notes = new ArrayList<>(content.notes());
        encoder.notes().forEach(note -> notes.add(Note.of(note)));
        LoadedData data = new LoadedData(
                dataset,
                encoder,
                content.cells(),
                content.source(),
                settings,
                labels.task(),
                labels.reason(),
                notes,
                content.ids(),
                content.sources(),
                content.times(),
                null,
                null);
        return SampledData.of(data, content.sample());
    }

    /** Columns that only number the rows are known, and become no features. */
    private static FittedEncoder withRowNumbers(FittedEncoder encoder, List<String> rowNumbers) {
        List<ColumnEncoding> columns = new ArrayList<>(encoder.columns());
        rowNumbers.forEach(name -> columns.add(new ColumnEncoding.Ignored(name, "it only numbers the rows")));
        return new FittedEncoder(columns, encoder.notes());
    }

    /**
     * Says where a data set would come from: which column or array is what, and how many records there are. Its values are
     * not read.
     *
     * @throws InvalidInputException with one clear line if it cannot be used
     */
    public DataSource locate(Path path, ReadSettings settings) {
        InputFile file = InputFile.at(path);
        SourceContent content = SourceContent.of(files(path, settings.labelsFile()));
        return content.unchanged(() -> file.format().isTable()
                        ? new TableReader(file, settings, threads).locate()
                        : new ArrayReader(file, settings).locate())
                .with(content);
    }

    /**
     * Reads held-out data of the same columns, or keys, and applies the encoding of the training data unchanged.
     *
     * @param labelsFile the file with the labels, or null where they are in the same file
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public EncodedRows<Dataset> readTest(Path path, @Nullable Path labelsFile, LoadedData training) {
        return readTest(path, labelsFile, InputSchema.of(training), null);
    }

    /**
     * Reads labelled data like other data; rows without a label are left out.
     *
     * @param labelsFile the file with the labels, or null where they are in the same file
     * @param source the column or key that says where each row comes from, or null; it may be absent from the file
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public EncodedRows<Dataset> readTest(
            Path path, @Nullable Path labelsFile, InputSchema form, @Nullable String source) {
        List<RowBlock<Dataset>> whole = new ArrayList<>();
        List<String> notes = blocks().readTest(path, labelsFile, form, source, whole::add);
        RowBlock<Dataset> rows = whole.get(0);
        Dataset dataset = rows.encoded().withGroups(Groups.of(rows.groups(), form.group(), path));
        return new EncodedRows<>(dataset, rows.ids(), rows.sources(), notes);
    }

    /**
     * Reads rows to be predicted, every one of them; labels are not looked at, and need not be there.
     *
     * @param source the column or key that says where each row comes from, or null
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public EncodedRows<Matrix> readNew(Path path, InputSchema form, @Nullable String source) {
        return readNew(path, form, source, true);
    }

    /**
     * The same where the file may be without the sources; they are then null.
     *
     * @param source the column or key that says where each row comes from, or null
     */
    public EncodedRows<Matrix> readNewWithSourceIfThere(Path path, InputSchema form, @Nullable String source) {
        return readNew(path, form, source, false);
    }

    private EncodedRows<Matrix> readNew(Path path, InputSchema form, @Nullable String source, boolean required) {
        List<RowBlock<Matrix>> whole = new ArrayList<>();
        List<String> notes = blocks().readNew(path, form, source, required, whole::add);
        RowBlock<Matrix> rows = whole.get(0);
        return new EncodedRows<>(rows.encoded(), rows.ids(), rows.sources(), notes);
    }

    /** All records are one block. */
    private BlockReader blocks() {
        return new BlockReader(threads, Integer.MAX_VALUE);
    }

    private static double[] weights(TableReader.Content content) {
        double[] given = content.weights();
        if (given != null) {
            return given;
        }
        double[] equal = new double[content.features().rowCount()];
        Arrays.fill(equal, 1);
        return equal;
    }
}
