package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.Dataset;
import dev.assay.data.EncodingTally;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Note;
import dev.assay.data.Table;
import dev.assay.io.array.ArrayReader;
import dev.assay.io.cell.CellSettings;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.SourceContent;
import dev.assay.io.read.InputSchema;
import dev.assay.io.read.Labels;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.read.RowBlock;
import dev.assay.io.table.TableReader;
import dev.assay.linalg.Matrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of the form of training data in blocks of records on end, in the order of the file, with memory for one block: files may be
 * larger than memory. Blocks are what {@link DataReader} gives of the whole, cut into pieces. What is wrong with a file is said when it is
 * met, so that blocks may have been handed out before; nothing should be kept of them then.
 */
public final class BlockReader {
    private static final int LARGEST = 1 << 14;
    /** Those who compute cut rows into pieces of so many: a multiple of it gives the same pieces, and bits, as the whole. */
    private static final int PIECE = 1 << 11;

    private static final int NUMBERS = 1 << 21;

    private final int threads;
    private final int blockRows;

    /**
     * A reader that uses so many threads.
     *
     * @param blockRows how many records there are to a block, the last one aside
     */
    public BlockReader(int threads, int blockRows) {
        if (threads < 1 || blockRows < 1) {
            throw new IllegalArgumentException(threads + " threads, blocks of " + blockRows + " rows");
        }
        this.threads = threads;
        this.blockRows = blockRows;
    }

    /** So many records of that form to a block are few enough for memory, some 16 MB where rows are not very wide, and many enough for speed. */
    public static int usualRows(InputSchema form) {
        int width = form.encoding().featureNames().size();
        return Math.max(PIECE, Math.min(LARGEST, NUMBERS / width / PIECE * PIECE));
    }

    /**
     * Reads labelled rows; those without a label are left out.
     *
     * @param labelsFile the file with the labels, or null where they are in the same file
     * @param source the column or key that says where each row comes from, or null; it may be absent from the file
     * @param consumer takes one block after the other; none without a row
     * @return what the user should know of all of them, one line each
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public List<String> readTest(
            Path path,
            @Nullable Path labelsFile,
            InputSchema form,
            @Nullable String source,
            Consumer<RowBlock<Dataset>> consumer) {
        InputFile file = InputFile.at(path);
        List<Path> files = labelsFile == null ? List.of(path) : List.of(path, labelsFile);
        return SourceContent.of(files).unchanged(() -> {
            requireSameKind(file, form);
            ReadSettings settings = settings(form, labelsFile, source);
            if (form.encoding() instanceof FittedArrayEncoder) {
                return texts(new ArrayReader(file, settings).readLike(form, blockRows, consumer));
            }
            FittedEncoder encoder = (FittedEncoder) form.encoding();
            BlockEncoder encoded = new BlockEncoder(encoder);
            int[] before = {0};
            List<Note> notes = new TableReader(file, settings, threads)
                    .readLike(form, true, source, false, blockRows, block -> {
                        Matrix features = encoded.next(block.features());
                        if (features == null) {
                            return;
                        }
                        Column.Texts labels = Objects.requireNonNull(block.labels(), "labels were asked for");
                        Dataset dataset = new Dataset(
                                features,
                                Labels.like(form.labels(), labels, before[0], form.cells(), path),
                                weights(block),
                                block.features().fileRows(),
                                encoder.featureNames());
                        before[0] += dataset.size();
                        consumer.accept(new RowBlock<>(dataset, block.ids(), block.sources(), block.groups()));
                    });
            return joined(notes, encoded.notes());
        });
    }

    /**
     * Reads rows to be predicted, every one of them; labels are not looked at, and need not be there.
     *
     * @param source the column or key that says where each row comes from, or null
     * @param required whether it must be there; else the sources are null where it is not
     * @param consumer takes one block after the other
     * @return what the user should know of all of them, one line each
     * @throws InvalidInputException with one clear line if it cannot be used or differs from the training data
     */
    public List<String> readNew(
            Path path,
            InputSchema form,
            @Nullable String source,
            boolean required,
            Consumer<RowBlock<Matrix>> consumer) {
        InputFile file = InputFile.at(path);
        return SourceContent.of(List.of(path)).unchanged(() -> {
            requireSameKind(file, form);
            ReadSettings settings = settings(form, null, source);
            if (form.encoding() instanceof FittedArrayEncoder) {
                new ArrayReader(file, settings).readNew(form, required, blockRows, consumer);
                return List.of();
            }
            BlockEncoder encoded = new BlockEncoder((FittedEncoder) form.encoding());
            List<Note> notes = new TableReader(file, settings, threads)
                    .readLike(form, false, source, required, blockRows, block -> {
                        Matrix features = encoded.next(block.features());
                        if (features != null) {
                            consumer.accept(new RowBlock<>(features, block.ids(), block.sources(), null));
                        }
                    });
            return joined(notes, encoded.notes());
        });
    }

    /** Encodes the blocks of a table, and adds up what is to be said of them. */
    private static final class BlockEncoder {
        private final FittedEncoder encoder;
        private EncodingTally tally;
        private Table.NonFinite bad = Table.NonFinite.NONE;

        BlockEncoder(FittedEncoder encoder) {
            this.encoder = encoder;
            this.tally = EncodingTally.nothing(encoder);
        }

        /** X; null once a number was found that is not finite: the rest is only looked at, to say how many there are. */
        @Nullable
        Matrix next(Table table) {
            List<String> names = encoder.requiredColumns();
            if (bad.count() == 0) {
                try {
                    FittedEncoder.Encoded encoded = encoder.encode(table);
                    tally = tally.plus(encoded.tally());
                    return encoded.features();
                } catch (InvalidInputException problem) {
                    if (table.nonFinite(names).count() == 0) {
                        throw problem;
                    }
                }
            }
            bad = bad.plus(table.nonFinite(names));
            return null;
        }

        /** What is to be said once all blocks are encoded. */
        List<String> notes() {
            bad.requireNone(false);
            return tally.notes();
        }
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
    private static List<String> texts(List<Note> notes) {
        return notes.stream().map(Note::toString).toList();
    }

    private static List<String> joined(List<Note> first, List<String> second) {
        return Stream.concat(texts(first).stream(), second.stream()).toList();
    }

    private static double[] weights(TableReader.Block block) {
        double[] given = block.weights();
        if (given != null) {
            return given;
        }
        double[] equal = new double[block.features().rowCount()];
        Arrays.fill(equal, 1);
        return equal;
    }
}
