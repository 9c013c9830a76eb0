package dev.assay.io.array;

import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.file.Memory;
import dev.assay.io.network.Embedding;
import dev.assay.io.read.InputSchema;
import dev.assay.linalg.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The features of an array in blocks of examples, in their order, encoded like the training data. */
final class ArrayBlocks implements AutoCloseable {
    private static final int ENTRIES_AT_ONCE = 1 << 16;

    private final ArrayEntry array;
    private final FittedArrayEncoder encoder;
    private final @Nullable Embedding embedding;
    private final ExampleReader reader;
    private final int examples;
    private final int blockRows;
    private int done;
    private long bad;
    private int firstBad;

    /**
     * Checks the shape and opens the array.
     *
     * @param blockRows how many examples there are to a block, the last one aside
     */
    ArrayBlocks(ArrayEntry array, InputSchema form, int blockRows) {
        this.array = array;
        this.encoder = (FittedArrayEncoder) form.encoding();
        this.embedding = form.embedding();
        this.examples = array.header().examples();
        this.blockRows = blockRows;
        requireShape(form.exampleShape());
        requireMemory(array, Math.min(blockRows, examples));
        this.reader = new ExampleReader(array);
    }

    private void requireShape(List<Integer> expected) {
        List<Integer> shape = array.header().shape();
        List<Integer> perExample = shape.isEmpty() ? shape : shape.subList(1, shape.size());
        if (!perExample.equals(expected)) {
            throw new InvalidInputException(array.name() + " differs from the training data: one example has the"
                    + " shape " + perExample + ", expected " + expected);
        }
    }

    /** Checks that so many examples can be held. */
    static void requireMemory(ArrayEntry features, int examples) {
        // the method has a copy of its own
        long numbers = features.header().entriesPerExample() + 1;
        Memory.require(features.name(), examples, numbers, 2 * numbers);
    }

    /** How many examples of an array are best read at once. */
    static int piece(ArrayEntry array) {
        return (int) Math.max(1, ENTRIES_AT_ONCE / Math.max(1, array.header().entriesPerExample()));
    }

    boolean hasNext() {
        return done < examples;
    }

    /** How many examples the next block has. */
    int size() {
        return Math.min(blockRows, examples - done);
    }

    /**
     * The next block.
     *
     * @param rows the examples that are kept, or null for all
     * @return X with the bias as the last column; null once an entry was found that is no finite number: the rest is only looked at, to say
     *     how many there are
     * @throws InvalidInputException after the last block, if there are such entries
     */
    @Nullable
    Matrix next(int @Nullable [] rows) {
        int size = size();
        int[] placeOf = new int[size];
        for (int place = 0; place < size; place++) {
            placeOf[place] = rows == null ? place : -1;
        }
        for (int place = 0; rows != null && place < rows.length; place++) {
            placeOf[rows[place] - done] = place;
        }
        FittedArrayEncoder.Filler filler = encoder.filler(rows == null ? size : rows.length);
        if (embedding == null) {
            fill(filler, placeOf, size);
        } else {
            embed(embedding, filler, placeOf, size);
        }
        done += size;
        if (done == examples && bad > 0) {
            throw new InvalidInputException(array.name() + ": " + bad + (bad == 1 ? " entry is" : " entries are")
                    + " NaN or infinite, the first in example " + (firstBad + 1) + " (counted from 1);"
                    + " correct or remove these examples");
        }
        return bad > 0 ? null : filler.features();
    }

    private void fill(FittedArrayEncoder.Filler filler, int[] placeOf, int size) {
        int piece = piece(array);
        for (int from = 0; from < size; from += piece) {
            int count = Math.min(piece, size - from);
            double[] numbers = reader.numbers(count);
            int perExample = numbers.length / count;
            for (int example = 0; example < count; example++) {
                int place = placeOf[from + example];
                for (int entry = 0; place >= 0 && entry < perExample; entry++) {
                    double value = numbers[example * perExample + entry];
                    if (!Double.isFinite(value)) {
                        firstBad = bad == 0 ? done + from + example : firstBad;
                        bad++;
                    }
                    filler.put(place, entry, value);
                }
            }
        }
    }

    private void embed(Embedding network, FittedArrayEncoder.Filler filler, int[] placeOf, int size) {
        Embedding.Examples seen = network.examples(size);
        int piece = piece(array);
        for (int from = 0; from < size; from += piece) {
            int count = Math.min(piece, size - from);
            double[] numbers = reader.numbers(count);
            int perExample = numbers.length / count;
            for (int place = 0; place < numbers.length; place++) {
                seen.put(from + place / perExample, place % perExample, numbers[place]);
            }
        }
        float[][] answers = seen.run(done);
        for (int example = 0; example < size; example++) {
            for (int entry = 0; placeOf[example] >= 0 && entry < answers[example].length; entry++) {
                filler.put(placeOf[example], entry, answers[example][entry]);
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
