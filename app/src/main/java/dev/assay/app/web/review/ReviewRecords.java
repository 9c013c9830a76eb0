package dev.assay.app.web.review;

import dev.assay.app.web.http.ApiError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The records of a review.csv, one after the other: fields between commas, in quotes where they hold commas, quotes or line
 * ends. A last one that breaks off, as a crash leaves it, is no record; anything else that is none is refused with its line.
 */
final class ReviewRecords {
    private static final int FIELDS = 6;
    private static final String FOREIGN = "bytes that are no UTF-8 text";
    /** What a time and a row may begin with, and what shows that a quote swallowed the fields behind it. */
    private static final Pattern TIME = Pattern.compile("[0-9TZ:.-]*");

    private static final Pattern ROW = Pattern.compile("[0-9]*");
    private static final Pattern WITHIN = Pattern.compile(",(keep|relabel|drop|skip|undo),");

    private final byte[] bytes;
    private List<String> cells = List.of();
    private int end;
    private int line;
    private int nextLine = 1;

    ReviewRecords(byte[] bytes) {
        this.bytes = bytes;
    }

    /** What to say of a line that cannot be understood. */
    static ApiError misfit(int line, String problem) {
        return ApiError.conflict(ReviewLog.FILE + " of this run, line " + line + ": " + problem
                + "; put it right or move the file away. Nothing was changed");
    }

    /**
     * Reads the next record.
     *
     * @return false at the end, which a last record that breaks off is too
     * @throws ApiError 409 if there is something else
     */
    boolean next() {
        line = nextLine;
        if (end == bytes.length) {
            return false;
        }
        List<String> found = new ArrayList<>();
        int at = end;
        while (true) {
            ByteArrayOutputStream cell = new ByteArrayOutputStream();
            boolean quoted = at < bytes.length && bytes[at] == '"';
            at = quoted ? quoted(at + 1, cell) : plain(at, cell);
            if (at < 0 || (at == bytes.length && found.size() + 1 < FIELDS)) {
                requireTorn(found, cell.toByteArray(), quoted);
                return false;
            }
            found.add(text(cell.toByteArray()));
            int lineEnd = lineEnd(at);
            if (lineEnd >= 0) {
                cells = found;
                end = lineEnd;
                nextLine++;
                return true;
            }
            if (bytes[at] != ',') {
                throw misfit(line, "a quote in the middle of a field");
            }
            at++;
        }
    }

    /** Where the next record begins if this one ends there, else -1. */
    private int lineEnd(int at) {
        if (at == bytes.length) {
            return at;
        }
        if (bytes[at] == '\n') {
            return at + 1;
        }
        return bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? at + 2 : -1;
    }

    private int plain(int start, ByteArrayOutputStream cell) {
        int at = start;
        while (at < bytes.length && bytes[at] != ',' && bytes[at] != '"' && lineEnd(at) < 0) {
            cell.write(bytes[at++]);
        }
        return at;
    }

    /** Behind the closing quote, -1 if there is none. */
    private int quoted(int start, ByteArrayOutputStream cell) {
        int at = start;
        while (at < bytes.length) {
            if (bytes[at] != '"') {
                nextLine += bytes[at] == '\n' ? 1 : 0;
                cell.write(bytes[at++]);
            } else if (at + 1 < bytes.length && bytes[at + 1] == '"') {
                cell.write('"');
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    /** Checks that the end of the file is the beginning of a record as this server writes it. */
    private void requireTorn(List<String> found, byte[] last, boolean quoted) {
        CharBuffer characters = CharBuffer.allocate(last.length + 1);
        // a character that breaks off in the middle is no error while more may come
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(last), characters, false);
        String text = characters.flip().toString();
        if (result.isError() || text.indexOf('\0') >= 0) {
            throw misfit(line, FOREIGN);
        }
        if (quoted && (WITHIN.matcher(text).find() || text.endsWith("\n"))) {
            throw misfit(line, "a quote is opened and never closed");
        }
        List<String> all = new ArrayList<>(found);
        all.add(text);
        boolean begins = TIME.matcher(all.get(0)).matches()
                && (all.size() < 2 || ROW.matcher(all.get(1)).matches())
                && (all.size() < 4 || isWord(all.get(3), all.size() > 4));
        if (!begins) {
            throw misfit(line, "it has " + all.size() + " fields, expected " + FIELDS);
        }
    }

    private static boolean isWord(String text, boolean whole) {
        return Stream.concat(ReviewLog.DECISIONS.stream(), Stream.of(ReviewLog.UNDO))
                .anyMatch(word -> whole ? word.equals(text) : word.startsWith(text));
    }

    private String text(byte[] cell) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(cell))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException foreign) {
            throw misfit(line, FOREIGN);
        }
        throw misfit(line, FOREIGN);
    }

    /** The fields of the record. */
    List<String> cells() {
        return cells;
    }

    /** The line that the record, or what comes instead of one, begins in, from 1. */
    int line() {
        return line;
    }

    /** Behind the last record, in bytes. */
    int end() {
        return end;
    }

    /** Whether the last record ends with a line feed. */
    boolean endsLine() {
        return end > 0 && bytes[end - 1] == '\n';
    }
}
