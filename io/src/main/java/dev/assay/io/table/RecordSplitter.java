package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a text file into records whose bytes are kept exactly as they are. */
public abstract class RecordSplitter implements AutoCloseable {
    /** The file. */
    final InputFile file;

    /** Its bytes. */
    final Bytes bytes;

    /** The bytes of the current record, up to its length. */
    byte[] record = new byte[256];

    int length;
    /** The line that the current record begins in, counted from 1. */
    long line;

    private final int longest = longest();

    RecordSplitter(InputFile file) {
        this.file = file;
        this.bytes = new Bytes(file);
    }

    /**
     * Goes to the next record.
     *
     * @return whether there is one
     * @throws dev.assay.data.InvalidInputException if the file is no such text
     */
    public abstract boolean next() throws IOException;

    /** The bytes that the current record lies in; valid until the next call of {@link #next()}. */
    public final byte[] buffer() {
        return record;
    }

    /** The number of bytes of the current record, from the start of the buffer. */
    public final int length() {
        return length;
    }

    @Override
    public final void close() throws IOException {
        bytes.close();
    }

    /** Takes a byte into the current record. */
    final void append(int value) {
        if (length == record.length) {
            if (length >= longest) {
                throw new InvalidInputException(
                        file.path() + ", line " + line + ": a row that begins here is longer than " + (longest() >> 20)
                                + " MB; the file is no table, or a quote, a bracket or the ends of its lines are missing");
            }
            record = Arrays.copyOf(record, Math.min(2 * length, longest));
        }
        record[length++] = (byte) value;
    }

    /** No record is longer: beyond it lies no table but, for instance, a quote that is never closed. */
    public static int longest() {
        return (int) Math.min(1 << 27, Runtime.getRuntime().maxMemory() / 8);
    }

    /** Reads bytes in blocks, counts lines and checks that they are UTF-8. */
    static final class Bytes implements AutoCloseable {
        private final InputFile file;
        private final InputStream in;
        private final byte[] block = new byte[1 << 16];
        private final Utf8Check check = new Utf8Check();
        private int position;
        private int limit;
        private long line = 1;
        private long total;

        Bytes(InputFile file) {
            this.file = file;
            this.in = file.open();
        }

        /** The next byte, 0 to 255, or -1 at the end. */
        int next() throws IOException {
            if (position == limit && !fill()) {
                if (!check.isComplete()) {
                    throw notUtf8();
                }
                return -1;
            }
            int value = block[position++] & 0xff;
            total++;
            if (value >= 0x80 || !check.isComplete()) {
                if (!check.accepts(value)) {
                    throw notUtf8();
                }
            }
            if (value == '\n') {
                line++;
            }
            return value;
        }

        /** The byte that comes next, without taking it. */
        int peek() throws IOException {
            return position < limit || fill() ? block[position] & 0xff : -1;
        }

        /** The line of the next byte, counted from 1. */
        long line() {
            return line;
        }

        private boolean fill() throws IOException {
            position = 0;
            limit = Math.max(0, in.read(block));
            return limit > 0;
        }

        private InvalidInputException notUtf8() {
            return new InvalidInputException(file.path() + " is not UTF-8 text: byte 0x"
                    + Integer.toHexString(check.firstByte()) + " in line " + line + " (byte " + total
                    + " of the file) cannot be there; convert it, for instance with: iconv -f ISO-8859-1 -t UTF-8");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
