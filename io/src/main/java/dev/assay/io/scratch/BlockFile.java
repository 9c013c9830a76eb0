package dev.assay.io.scratch;

import dev.assay.data.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Blocks of bytes one after the other in a file that lives as long as this does; written in order, read by several threads. */
final class BlockFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final List<Long> starts = new ArrayList<>(List.of(0L));

    private BlockFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * A new file, deleted when it is closed.
     *
     * @throws InvalidInputException if it cannot be made
     */
    static BlockFile create(Path path) {
        try {
            return new BlockFile(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException problem) {
            throw unwritable(path, problem);
        }
    }

    private static InvalidInputException unwritable(Path path, IOException problem) {
        return new InvalidInputException(
                "the scratch file " + path + " cannot be written: " + problem.getMessage()
                        + "; check the free space, or name another temporary folder with"
                        + " ASSAY_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                problem);
    }

    /** Appends a block: what is between position and limit. */
    void append(ByteBuffer content) {
        long start = starts.get(starts.size() - 1);
        long position = start;
        try {
            while (content.hasRemaining()) {
                position += channel.write(content, position);
            }
        } catch (IOException problem) {
            throw unwritable(path, problem);
        }
        starts.add(position);
    }

    /** How many blocks there are. */
    int count() {
        return starts.size() - 1;
    }

    /** A block, ready to be read. */
    ByteBuffer read(int index) {
        long start = starts.get(index);
        ByteBuffer buffer = room((int) (starts.get(index + 1) - start));
        try {
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, start + buffer.position());
                if (read < 0) {
                    throw new IOException(path + " ended early");
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return buffer.flip();
    }

    /** An empty buffer in the byte order of these files. */
    static ByteBuffer room(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
