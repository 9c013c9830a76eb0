package dev.assay.app.web.review;

import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.SpreadsheetText;
import dev.assay.app.web.run.RunFolder;
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
 * DIR/review.csv: every decision about a row and every undo, a line each, on disk before it counts. What a crash left of the
 * last line is cut off by the next decision; a file that cannot be understood is left as it is.
 */
public final class ReviewLog {
    public static final String FILE = "review.csv";

    private static final List<String> COLUMNS = List.of("time", "row", "id", "decision", "label", "previousLabel");
    private static final String HEADER = String.join(",", COLUMNS) + "\n";
    /** What can be decided about a row. */
    static final List<String> DECISIONS = List.of("keep", "relabel", "drop", "skip");

    static final String UNDO = "undo";
    private final Path file;
    private final List<Decision> effective = new ArrayList<>();
    private long length;
    private boolean endsLine = true;

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
    public record Decision(String time, int row, String id, String decision, String label, String previousLabel) {}

    private ReviewLog(Path file) {
        this.file = file;
    }

    /**
     * The decisions in the folder of a run.
     *
     * @throws ApiError 409 if review.csv is something else
     */
    public static ReviewLog of(RunFolder run) {
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
        if (bytes.length < HEADER.length() && HEADER.startsWith(new String(bytes, StandardCharsets.UTF_8))) {
            // torn while it was begun
            return;
        }
        ReviewRecords records = new ReviewRecords(bytes);
        if (!records.next() || !records.cells().equals(COLUMNS)) {
            throw ApiError.conflict(FILE + " of this run does not begin with the line '" + HEADER.strip()
                    + "': it is of something else; move it away");
        }
        while (records.next()) {
            apply(records.cells(), records.line());
        }
        length = records.end();
        endsLine = records.endsLine();
    }

    private void apply(List<String> cells, int line) {
        try {
            if (cells.size() != COLUMNS.size()) {
                throw new IllegalArgumentException(cells.size() + " fields, expected " + COLUMNS.size());
            }
            int row = Integer.parseInt(cells.get(1));
            String word = cells.get(3);
            if (row < 0) {
                throw new IllegalArgumentException("the row is " + row + ", expected 0 or more");
            }
            if (word.equals(UNDO)) {
                if (effective.isEmpty()) {
                    throw new IllegalArgumentException("an undo of nothing");
                }
                effective.remove(effective.size() - 1);
                return;
            }
            if (!DECISIONS.contains(word)) {
                throw new IllegalArgumentException("the decision is '" + word + "', expected one of "
                        + String.join(", ", DECISIONS) + ", " + UNDO);
            }
            effective.add(new Decision(
                    cells.get(0),
                    row,
                    SpreadsheetText.plain(cells.get(2)),
                    word,
                    SpreadsheetText.plain(cells.get(4)),
                    SpreadsheetText.plain(cells.get(5))));
        } catch (IllegalArgumentException misfit) {
            throw ReviewRecords.misfit(line, String.valueOf(misfit.getMessage()));
        }
    }

    /** The decision that counts for each row, those decided first first. */
    public Map<Integer, Decision> current() {
        Map<Integer, Decision> result = new LinkedHashMap<>();
        effective.forEach(decision -> result.put(decision.row(), decision));
        return result;
    }

    /** Whether there is a decision to be taken back. */
    boolean isUndoable() {
        return !effective.isEmpty();
    }

    /** Writes a decision down; when this returns it is on disk. */
    public void add(Decision decision) {
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
            byte[] bytes = ((length == 0 ? HEADER : endsLine ? "" : "\n") + line).getBytes(StandardCharsets.UTF_8);
            try {
                write(channel, bytes);
            } catch (IOException half) {
                channel.truncate(length);
                throw half;
            }
            length += bytes.length;
            endsLine = true;
        } catch (IOException problem) {
            throw ApiError.conflict(FILE + " cannot be written: " + problem.getMessage()
                    + "; this decision does not count, those before it do. Check the free space and the permissions");
        }
    }

    private void write(FileChannel channel, byte[] bytes) throws IOException {
        channel.position(length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** Text that no spreadsheet takes for a formula, quoted where it must be. */
    static String cell(String text) {
        String safe = SpreadsheetText.safe(text);
        boolean quotes = safe.chars().anyMatch(character -> ",\"\n\r".indexOf(character) >= 0);
        return quotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
