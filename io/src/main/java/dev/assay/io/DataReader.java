package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.Dataset;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Remedy;
import dev.assay.data.TableEncoder;
import dev.assay.io.array.ArrayReader;
import dev.assay.io.cell.CellSettings;
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
import dev.assay.io.table.TableReader;
import dev.assay.linalg.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
        return content.unchanged(() -> {
                    LoadedData loaded = read(file, settings);
                    return given == null
                            ? loaded
                            : loaded.with(new ProbabilityReader(given, threads)
                                    .read(loaded.dataset(), loaded.source().records()));
                })
                .with(content);
    }

    private static List<Path> files(Path data, @Nullable Path labels) {
        List<Path> files = new ArrayList<>(List.of(data));
        if (labels != null) {
            files.add(labels);
        }
        return files;
    }

    private LoadedData read(InputFile file, ReadSettings settings) {
        Path path = file.path();
        if (!file.format().isTable()) {
            return new ArrayReader(file, settings).read();
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
        TableReader.Content content = new TableReader(file, settings, threads).read();
        Labels labels =
                Labels.of(labels(content), settings.task(), content.weights(), content.cells(), content.unlabelled());
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
                        fileRows(content),
                        encoder.featureNames())
                .withGroups(Groups.of(content.groups(), settings.group(), path));
        List<Note> notes = new ArrayList<>(content.notes());
        encoder.notes().forEach(note -> notes.add(Note.of(note)));
        return new LoadedData(
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
        InputFile file = InputFile.at(path);
        return SourceContent.of(files(path, labelsFile)).unchanged(() -> readTest(file, labelsFile, form, source));
    }

    private EncodedRows<Dataset> readTest(
            InputFile file, @Nullable Path labelsFile, InputSchema form, @Nullable String source) {
        requireSameKind(file, form);
        if (form.encoding() instanceof FittedArrayEncoder) {
            return new ArrayReader(file, settings(form, labelsFile, source)).readLike(form);
        }
        TableReader.Content content =
                new TableReader(file, settings(form, labelsFile, source), threads).readLike(form, true, source, false);
        FittedEncoder encoder = (FittedEncoder) form.encoding();
        FittedEncoder.Encoded encoded = encoder.encode(content.features());
        Dataset dataset = new Dataset(
                        encoded.features(),
                        Labels.like(form.labels(), labels(content), form.cells(), file.path()),
                        weights(content),
                        fileRows(content),
                        encoder.featureNames())
                .withGroups(Groups.of(content.groups(), form.group(), file.path()));
        return new EncodedRows<>(dataset, content.ids(), content.sources(), joined(content.notes(), encoded.notes()));
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
        InputFile file = InputFile.at(path);
        return SourceContent.of(List.of(path)).unchanged(() -> readNew(file, form, source, required));
    }

    private EncodedRows<Matrix> readNew(InputFile file, InputSchema form, @Nullable String source, boolean required) {
        requireSameKind(file, form);
        if (form.encoding() instanceof FittedArrayEncoder) {
            return new ArrayReader(file, settings(form, null, source)).readNew(form, required);
        }
        TableReader.Content content =
                new TableReader(file, settings(form, null, source), threads).readLike(form, false, source, required);
        FittedEncoder.Encoded encoded = ((FittedEncoder) form.encoding()).encode(content.features());
        return new EncodedRows<>(
                encoded.features(), content.ids(), content.sources(), joined(content.notes(), encoded.notes()));
    }

    private static void requireSameKind(InputFile file, InputSchema form) {
        if (form.encoding() instanceof FittedArrayEncoder && file.format().isTable()) {
            throw new InvalidInputException(
                    file.path() + " is a table, the training data are arrays; give the data in the same form");
        }
        if (form.encoding() instanceof FittedEncoder && !file.format().isTable()) {
            throw new InvalidInputException(
                    file.path() + " holds arrays, the training data is a table; give the data in the same form");
        }
    }

    private static ReadSettings settings(InputSchema form, @Nullable Path labelsFile, @Nullable String source) {
        return ReadSettings.automatic()
                .withLabel(form.label())
                .withId(form.id())
                .withWeight(form.weight())
                .withSource(source)
                .withGroup(form.group())
                .withLabelsFile(labelsFile)
                .withHeader(form.header())
                .withCells(new CellSettings(null, null, form.cells().keepLabelMarkers()));
    }

    /** Nothing can be done about how later data is read: it is read like the training data. */
    private static List<String> joined(List<Note> first, List<String> second) {
        return Stream.concat(first.stream().map(Note::toString), second.stream())
                .toList();
    }

    private static Column.Texts labels(TableReader.Content content) {
        return Objects.requireNonNull(content.labels(), "labels were asked for");
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

    private static int[] fileRows(TableReader.Content content) {
        int[] rows = new int[content.features().rowCount()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = content.features().fileRow(row);
        }
        return rows;
    }
}
