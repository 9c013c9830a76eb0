package dev.assay.app.web.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/**
 * A CSV file as it goes to somebody who will open it in a spreadsheet: cells that would be taken for a formula are made safe,
 * everything else is as it was.
 */
public final class SpreadsheetCopy extends InputStream {
    /** Of a longer cell the beginning is what counts. */
    private static final int LONGEST_CELL = 1 << 20;

    private final Reader in;
    private final StringBuilder cell = new StringBuilder();
    private boolean quoted;
    private boolean isContinued;
    private byte[] ready = {};
    private int at;
    private boolean ended;

    public SpreadsheetCopy(InputStream file) {
        this.in = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, block, offset, count);
        at += count;
        return count;
    }

    /** Whether there is a byte more. */
    private boolean fill() throws IOException {
        while (at == ready.length) {
            if (ended) {
                return false;
            }
            ready = nextRecord().getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return true;
    }

    private String nextRecord() throws IOException {
        StringBuilder out = new StringBuilder();
        while (true) {
            int character = in.read();
            if (character < 0) {
                ended = true;
                endCell(out);
                return out.toString();
            }
            if (character == '"') {
                quoted = !quoted;
            }
            boolean delimits = !quoted && (character == ',' || character == '\n' || character == '\r');
            if (delimits) {
                endCell(out);
                isContinued = false;
                out.append((char) character);
                if (character == '\n') {
                    return out.toString();
                }
                continue;
            }
            cell.append((char) character);
            if (cell.length() >= LONGEST_CELL && !Character.isHighSurrogate((char) character)) {
                endCell(out);
                isContinued = true;
                return out.toString();
            }
        }
    }

    private void endCell(StringBuilder out) {
        String raw = cell.toString();
        cell.setLength(0);
        if (isContinued || !raw.startsWith("\"")) {
            out.append(isContinued ? SpreadsheetText.safeInside(raw) : SpreadsheetText.safeCell(raw));
            return;
        }
        boolean closed = raw.length() > 1 && raw.endsWith("\"");
        out.append('"')
                .append(SpreadsheetText.safeCell(raw.substring(1, closed ? raw.length() - 1 : raw.length())))
                .append(closed ? "\"" : "");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
