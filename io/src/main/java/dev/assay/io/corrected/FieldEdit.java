package dev.assay.io.corrected;

import dev.assay.io.table.DelimitedRecords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a record of a text table with another text in one of its fields; all other bytes stay. */
final class FieldEdit {
    private static final byte QUOTE = '"';
    private static final int MARK = 3;

    private FieldEdit() {}

    /**
     * Writes the record.
     *
     * @param record the bytes of the record, its end of line included, as {@link DelimitedRecords} gives them
     * @param length how many of them
     * @param column the field, from 0
     * @param text what it holds now; in quotes if the old text was, or if it must be
     */
    static void write(byte[] record, int length, char delimiter, int column, String text, OutputStream out)
            throws IOException {
        boolean marked = length >= MARK
                && (record[0] & 0xff) == 0xef
                && (record[1] & 0xff) == 0xbb
                && (record[2] & 0xff) == 0xbf;
        int from = marked ? MARK : 0;
        int to = end(record, length, delimiter, from);
        for (int field = 0; field < column; field++) {
            from = to + 1;
            to = end(record, length, delimiter, from);
        }
        boolean quoted = from < to && record[from] == QUOTE;
        boolean needed =
                text.indexOf(delimiter) >= 0 || text.chars().anyMatch(one -> one == '"' || one == '\n' || one == '\r');
        String field = quoted || needed ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
        out.write(record, 0, from);
        out.write(field.getBytes(StandardCharsets.UTF_8));
        out.write(record, to, length - to);
    }

    /** Where the field that begins there ends. */
    private static int end(byte[] record, int length, char delimiter, int from) {
        int at = from;
        if (at < length && record[at] == QUOTE) {
            at++;
            while (at < length) {
                if (record[at] != QUOTE) {
                    at++;
                } else if (at + 1 < length && record[at + 1] == QUOTE) {
                    at += 2;
                } else {
                    at++;
                    break;
                }
            }
        }
        while (at < length && record[at] != delimiter && record[at] != '\n' && record[at] != '\r') {
            at++;
        }
        return at;
    }
}
