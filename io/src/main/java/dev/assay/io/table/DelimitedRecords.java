package dev.assay.io.table;

import dev.assay.data.InvalidInputException;
import dev.assay.io.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a CSV or TSV file. A record ends with a line feed, a carriage return or both, except between double
 * quotes; a field is quoted if it begins with a quote, and a quote inside is doubled. A byte order mark belongs to the
 * first record. Empty lines are no records.
 */
public final class DelimitedRecords extends RecordSplitter {

    private static final char QUOTE = '"';
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final char delimiter;
    private int fields;
    private boolean first = true;
    private int end;
    private boolean mixedEnds;

    public DelimitedRecords(InputFile file, char delimiter) {
        super(file);
        this.delimiter = delimiter;
    }

    @Override
    public boolean next() throws IOException {
        while (read()) {
            if (fields > 0) {
                return true;
            }
        }
        return false;
    }

    /** The number of fields of the current record. */
    int fieldCount() {
        return fields;
    }

    /** The line that the current record begins in, counted from 1. */
    long line() {
        return line;
    }

    /** Whether the records so far end in different ways. */
    boolean hasMixedEnds() {
        return mixedEnds;
    }

    /** The texts of the fields of the current record, without quotes. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        int at = length >= 3 && Arrays.equals(MARK, 0, 3, record, 0, 3) ? 3 : 0;
        int stop = length;
        while (stop > at && isEnd(record[stop - 1])) {
            stop--;
        }
        while (true) {
            byte[] text = new byte[stop - at];
            int size = 0;
            boolean quoted = at < stop && record[at] == QUOTE;
            at += quoted ? 1 : 0;
            while (at < stop && (quoted || record[at] != delimiter)) {
                if (quoted && record[at] == QUOTE) {
                    at++;
                    if (at == stop || record[at] != QUOTE) {
                        break;
                    }
                }
                text[size++] = record[at++];
            }
            texts.add(new String(text, 0, size, StandardCharsets.UTF_8));
            if (at >= stop) {
                return texts;
            }
            at++;
        }
    }

    /** Reads up to the next end of a record; an empty line has no fields. */
    private boolean read() throws IOException {
        length = 0;
        fields = 0;
        line = bytes.line();
        int value = bytes.next();
        if (value < 0) {
            return false;
        }
        if (first) {
            first = false;
            value = skipMark(value);
        }
        if (value < 0 || isEnd(value)) {
            finish(value);
            return value >= 0;
        }
        fields = 1;
        while (true) {
            // at the first byte of a field
            if (value == QUOTE) {
                value = quoted();
                if (value >= 0 && value != delimiter && !isEnd(value)) {
                    throw new InvalidInputException(file.path() + ", line " + bytes.line() + ": '" + (char) value
                            + "' after a closing quote, expected '" + shown(delimiter)
                            + "' or the end of the line; double the quotes inside a quoted field");
                }
            }
            while (value >= 0 && value != delimiter && !isEnd(value)) {
                append(value);
                value = bytes.next();
            }
            if (value != delimiter) {
                finish(value);
                return true;
            }
            append(value);
            fields++;
            value = bytes.next();
        }
    }

    private int skipMark(int value) throws IOException {
        int current = value;
        for (byte expected : MARK) {
            if (current != (expected & 0xff)) {
                return current;
            }
            append(current);
            current = bytes.next();
        }
        return current;
    }

    /** Takes a quoted field from its opening quote on; returns the byte after the closing one. */
    private int quoted() throws IOException {
        append(QUOTE);
        while (true) {
            int value = bytes.next();
            if (value < 0) {
                throw new InvalidInputException(file.path() + ", line " + line
                        + ": a quote is opened and never closed; the file is truncated, or a quote is missing");
            }
            append(value);
            if (value != QUOTE) {
                continue;
            }
            int after = bytes.next();
            if (after != QUOTE) {
                return after;
            }
            append(after);
        }
    }

    private void finish(int last) throws IOException {
        int value = last;
        if (value < 0) {
            return;
        }
        append(value);
        if (value == '\r' && bytes.peek() == '\n') {
            append(bytes.next());
            value = '\n' + '\r';
        }
        if (fields > 0) {
            mixedEnds |= end != 0 && end != value;
            end = value;
        }
    }

    private static boolean isEnd(int value) {
        return value == '\n' || value == '\r';
    }

    static String shown(char delimiter) {
        return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
    }
}
