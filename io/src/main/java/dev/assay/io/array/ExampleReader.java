package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Reads the examples of an array in their order, some at a time, with memory for these alone. Where the first axis runs fastest the entries of
 * an example lie apart: such an array is copied into a temporary file first.
 */
final class ExampleReader implements AutoCloseable {
    private final ArrayEntry array;
    private final ArrayHeader header;
    private final int perExample;
    private final InputStream in;
    private final @Nullable Columns columns;
    private int done;

    /** A copy of the entries in the order of the file, and the place of each in its example. */
    private record Columns(Path copy, FileChannel channel, int[] places) {}

    ExampleReader(ArrayEntry array) {
        this.array = array;
        this.header = array.header();
        this.perExample = Math.toIntExact(header.entriesPerExample());
        try {
            this.in = array.opener().open();
        } catch (IOException problem) {
            throw array.damaged(problem);
        }
        boolean apart = header.columnMajor() && perExample > 1;
        Columns copied = null;
        try {
            copied = apart ? copied() : null;
        } finally {
            if (apart && copied == null) {
                close(in);
            }
        }
        this.columns = copied;
    }

    private Columns copied() {
        Path copy;
        try {
            copy = Files.createTempFile("assay-array-", null);
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            requireLength(Files.size(copy));
            return new Columns(copy, FileChannel.open(copy, StandardOpenOption.READ), array.columnMajorPlaces());
        } catch (IOException problem) {
            throw array.damaged(problem);
        }
    }

    private void requireLength(long there) throws IOException {
        if (there < header.dataSize()) {
            throw new EOFException("its header promises " + header.dataSize() + " bytes of entries");
        }
        if (there > header.dataSize()) {
            throw array.tooLong();
        }
    }

    /** The numbers of the next examples, one example after the other, the last axis fastest. */
    double[] numbers(int examples) {
        ByteBuffer bytes = next(examples);
        double[] numbers = new double[Math.multiplyExact(examples, perExample)];
        ElementType type = header.type();
        if (type == ElementType.FLOAT_64) {
            bytes.asDoubleBuffer().get(numbers);
            return numbers;
        }
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = type.number(bytes);
        }
        return numbers;
    }

    /** The texts of the next examples, of one entry each. */
    String[] texts(int examples) {
        ByteBuffer bytes = next(examples);
        String[] texts = new String[examples];
        for (int example = 0; example < examples; example++) {
            texts[example] = header.type().text(bytes, header.characters());
        }
        return texts;
    }

    private ByteBuffer next(int examples) {
        int size = header.entrySize();
        byte[] bytes = new byte[Math.multiplyExact(Math.multiplyExact(examples, perExample), size)];
        try {
            if (columns != null) {
                gather(columns, bytes, examples, size);
            } else if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException("its header promises " + header.dataSize() + " bytes of entries");
            }
            done += examples;
            if (columns == null && done == header.examples() && in.read() >= 0) {
                throw array.tooLong();
            }
        } catch (IOException problem) {
            throw array.damaged(problem);
        }
        return ByteBuffer.wrap(bytes).order(header.order());
    }

    private void gather(Columns apart, byte[] bytes, int examples, int size) throws IOException {
        byte[] column = new byte[examples * size];
        for (int entry = 0; entry < perExample; entry++) {
            ByteBuffer target = ByteBuffer.wrap(column);
            long position = ((long) entry * header.examples() + done) * size;
            while (target.hasRemaining()) {
                int count = apart.channel().read(target, position + target.position());
                if (count < 0) {
                    throw new EOFException("its copy was cut off");
                }
            }
            for (int example = 0; example < examples; example++) {
                System.arraycopy(
                        column, example * size, bytes, (example * perExample + apart.places()[entry]) * size, size);
            }
        }
    }

    @Override
    public void close() {
        close(in);
        if (columns != null) {
            close(columns.channel());
            try {
                Files.deleteIfExists(columns.copy());
            } catch (IOException stays) {
                // it goes when this process ends
            }
        }
    }

    private static void close(Closeable opened) {
        try {
            opened.close();
        } catch (IOException problem) {
            throw new IllegalStateException("the file does not close: " + problem.getMessage(), problem);
        }
    }

    /**
     * A reader of an array that is to have one value for each example.
     *
     * @param what its values are, for messages
     * @throws InvalidInputException if it has not
     */
    static ExampleReader ofValues(ArrayEntry array, int examples, String what) {
        ArrayHeader header = array.header();
        if (header.shape().isEmpty() || header.entriesPerExample() != 1) {
            throw new InvalidInputException(array.name() + " has the shape " + header.shapeText() + ", but " + what
                    + " must be one value per example, such as (" + examples + ",)");
        }
        if (header.examples() != examples) {
            throw new InvalidInputException("features and " + what + " differ in length: " + examples
                    + " examples, but " + header.examples() + " in " + array.name() + "; they must be equally many");
        }
        return new ExampleReader(array);
    }
}
