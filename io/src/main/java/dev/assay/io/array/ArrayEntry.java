package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/**
 * An array in a file; its entries are read each time they are wanted.
 *
 * @param key its name in the file
 * @param name what to call it in messages
 * @param header what its entries are
 * @param opener opens the bytes of the entries
 */
public record ArrayEntry(String key, String name, ArrayHeader header, Opener opener) {

    private static final int BLOCK = 1 << 16;

    /** Opens the bytes of the entries, the header skipped. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** Takes one entry; the buffer stands at its first byte. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int example, int entry, ByteBuffer bytes) throws IOException;
    }

    /** Goes through all entries in the order of the file; entries of an example are numbered with the last axis fastest. */
    public void forEach(Visitor visitor) {
        forEach(header.examples(), visitor);
    }

    /** Goes through the entries of the first examples; nothing is said of what comes after them. */
    public void forEachOfFirst(int count, Visitor visitor) {
        int last = Math.min(count, header.examples());
        if (header.columnMajor()) {
            forEach(header.examples(), (example, entry, bytes) -> {
                if (example < last) {
                    visitor.visit(example, entry, bytes);
                }
            });
            return;
        }
        forEach(last, visitor);
    }

    private void forEach(int examples, Visitor visitor) {
        int size = header.entrySize();
        long total = header.entriesPerExample() * examples;
        int[] places = header.columnMajor() ? columnMajorPlaces() : new int[0];
        int perExample = (int) header.entriesPerExample();
        int perBlock = Math.max(1, BLOCK / size);
        byte[] block = new byte[perBlock * size];
        ByteBuffer bytes = ByteBuffer.wrap(block).order(header.order());
        try (InputStream in = opener.open()) {
            int example = 0;
            int entry = 0;
            for (long done = 0; done < total; done += perBlock) {
                int count = (int) Math.min(perBlock, total - done);
                if (in.readNBytes(block, 0, count * size) < count * size) {
                    throw new EOFException("its header promises " + header.dataSize() + " bytes of entries");
                }
                for (int index = 0; index < count; index++) {
                    bytes.position(index * size);
                    if (header.columnMajor()) {
                        visitor.visit(example, places[entry], bytes);
                        example++;
                        if (example == examples) {
                            example = 0;
                            entry++;
                        }
                    } else {
                        visitor.visit(example, entry, bytes);
                        entry++;
                        if (entry == perExample) {
                            entry = 0;
                            example++;
                        }
                    }
                }
            }
            if (examples == header.examples() && in.read() >= 0) {
                throw tooLong();
            }
        } catch (IOException problem) {
            throw damaged(problem);
        }
    }

    /** What to say if reading fails half-way. */
    InvalidInputException damaged(IOException problem) {
        boolean cut = problem instanceof EOFException || problem instanceof ZipException;
        return new InvalidInputException(
                name + (cut ? " is truncated or damaged: " : " cannot be read: ") + problem.getMessage(), problem);
    }

    /** What to say if there are bytes left. */
    InvalidInputException tooLong() {
        return new InvalidInputException(name + " has more bytes than its shape " + header.shapeText()
                + " needs; the file is damaged or made to mislead");
    }

    /** For each entry of an example, counted with the second axis fastest, its number with the last axis fastest. */
    int[] columnMajorPlaces() {
        int axes = header.shape().size();
        int[] places = new int[(int) header.entriesPerExample()];
        for (int index = 0; index < places.length; index++) {
            int rest = index;
            int[] coordinates = new int[axes];
            for (int axis = 1; axis < axes; axis++) {
                coordinates[axis] = rest % header.shape().get(axis);
                rest /= header.shape().get(axis);
            }
            int place = 0;
            for (int axis = 1; axis < axes; axis++) {
                place = place * header.shape().get(axis) + coordinates[axis];
            }
            places[index] = place;
        }
        return places;
    }
}
