package dev.assay.app.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DIR/review.csv: every decision about a row and every undo, a line each, on disk before it counts. What a crash left of a
 * line is cut off.
 */
final class ReviewLog {
    static final String FILE = "review.csv";

    private static final String HEADER = "time,row,id,decision,label,previousLabel\n";
    private static final int COLUMNS = 6;
    private static final String UNDO = "undo";
    private final Path file;
    private final List<Decision> effective = new ArrayList<>();
    private long length;

    /**
     * What was decided about a row.
     *
     * @param time ISO-8601
     * @param row 0-based record of the data
     * @param id the user's name of the row
     * @param decision keep, relabel, drop or skip
     * @param label the new label of a relabelled row, else empty
     * @param previousLabel the label that the data has
     */
    record Decision(String time, int row, String id, String decision, String label, String previousLabel) {}

    private ReviewLog(Path file) {
        this.file = file;
    }

    /**
     * The decisions in the folder of a run.
     *
     * @throws ApiError 409 if review.csv is something else
     */
    static ReviewLog of(RunFolder run) {
        ReviewLog log = new ReviewLog(run.file(FILE));
        if (!run.has(FILE)) {
            if (Files.exists(log.file, LinkOption.NOFOLLOW_LINKS)) {
                throw ApiError.conflict(FILE + " of this run is no file; move it away");
            }
            return log;
        }
        try {
            log.replay(Files.readAllBytes(log.file));
        } catch (NoSuchFileException gone) {
            return log;
        } catch (IOException problem) {
            throw new UncheckedIOException(log.file + " cannot be read: " + problem.getMessage(), problem);
        }
        return log;
    }

    private void replay(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.startsWith(HEADER)) {
            if (HEADER.startsWith(text)) {
                return;
            }
            throw ApiError.conflict(FILE + " of this run does not begin with the line '" + HEADER.strip()
                    + "': it is of something else; move it away");
        }
        int at = HEADER.length();
        long kept = at;
        int line = 2;
        while (at < text.length()) {
            List<String> cells = new ArrayList<>();
            int next = record(text, at, cells);
            if (next < 0) {
                // torn by a crash: it was never answered for
                break;
            }
            apply(cells, line);
            kept += text.substring(at, next).getBytes(StandardCharsets.UTF_8).length;
            at = next;
            line++;
        }
        length = kept;
    }

    private void apply(List<String> cells, int line) {
        try {
            if (cells.size() != COLUMNS) {
                throw new IllegalArgumentException(cells.size() + " fields, expected " + COLUMNS);
            }
            if (cells.get(3).equals(UNDO)) {
                if (effective.isEmpty()) {
                    throw new IllegalArgumentException("an undo of nothing");
                }
                effective.remove(effective.size() - 1);
                return;
            }
            effective.add(new Decision(
                    cells.get(0),
                    Integer.parseInt(cells.get(1)),
                    SpreadsheetText.plain(cells.get(2)),
                    cells.get(3),
                    SpreadsheetText.plain(cells.get(4)),
                    SpreadsheetText.plain(cells.get(5))));
        } catch (IllegalArgumentException misfit) {
            throw ApiError.conflict(FILE + " of this run, line " + line + ": " + misfit.getMessage()
                    + "; put it right or move the file away");
        }
    }

    /** The fields of the record that begins there; returns where the next one begins, -1 if it is not whole. */
    private static int record(String text, int start, List<String> cells) {
        int at = start;
        StringBuilder cell = new StringBuilder();
        while (at < text.length()) {
            char character = text.charAt(at);
            if (character == '"' && cell.isEmpty()) {
                at = quoted(text, at + 1, cell);
                if (at < 0 || at >= text.length()) {
                    return -1;
                }
                character = text.charAt(at);
            }
            at++;
            if (character == ',' || character == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                if (character == '\n') {
                    return at;
                }
            } else {
                cell.append(character);
            }
        }
        return -1;
    }

    private static int quoted(String text, int start, StringBuilder cell) {
        int at = start;
        while (at < text.length()) {
            char character = text.charAt(at++);
            if (character != '"') {
                cell.append(character);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                return at;
            }
        }
        return -1;
    }

    /** The decision that counts for each row, those decided first first. */
    Map<Integer, Decision> current() {
        Map<Integer, Decision> result = new LinkedHashMap<>();
        effective.forEach(decision -> result.put(decision.row(), decision));
        return result;
    }

    /** Whether there is a decision to be taken back. */
    boolean isUndoable() {
        return !effective.isEmpty();
    }

    /** Writes a decision down; when this returns it is on disk. */
    void add(Decision decision) {
        append(decision, decision.decision());
        effective.add(decision);
    }

    /**
     * Takes the last decision back.
     *
     * @return that decision, or null if there was none
     */
    @Nullable
    Decision undo(String time) {
        if (effective.isEmpty()) {
            return null;
        }
        Decision last = effective.get(effective.size() - 1);
        append(new Decision(time, last.row(), last.id(), UNDO, last.label(), last.previousLabel()), UNDO);
        effective.remove(effective.size() - 1);
        return last;
    }

    private void append(Decision decision, String word) {
        String line = String.join(
                        ",",
                        decision.time(),
                        Integer.toString(decision.row()),
                        cell(decision.id()),
                        word,
                        cell(decision.label()),
                        cell(decision.previousLabel()))
                + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            channel.truncate(length);
            channel.position(length);
            byte[] bytes = ((length == 0 ? HEADER : "") + line).getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
            length += bytes.length;
        } catch (IOException problem) {
            throw new UncheckedIOException(file + " cannot be written: " + problem.getMessage(), problem);
        }
    }

    /** Text that no spreadsheet takes for a formula, quoted where it must be. */
    static String cell(String text) {
        String safe = SpreadsheetText.safe(text);
        boolean quotes = safe.chars().anyMatch(character -> ",\"\n\r".indexOf(character) >= 0);
        return quotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
