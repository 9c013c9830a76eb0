package dev.assay.app.web.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.app.web.http.ApiError;
import dev.assay.app.web.http.Views;
import dev.assay.app.web.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decisions about suspicious rows: one at a time for each run, each on disk before it is answered for. */
public final class Reviews {
    private static final int MOST_CACHED = 16;

    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private final Map<String, Cached> rows = new ConcurrentHashMap<>();
    private final Map<String, Counted> counted = new ConcurrentHashMap<>();

    private record Cached(FileTime written, ReviewRows rows) {}

    private record Counted(FileTime written, int decisions) {}

    /** The body of PUT /api/runs/ID/review/ROW. */
    public record Request(
            @Nullable String decision, @Nullable String label) {}

    private Object lock(RunFolder run) {
        return locks.computeIfAbsent(run.id(), id -> new Object());
    }

    /** How many rows are decided about, those that were skipped not counted; 0 where review.csv cannot be understood. */
    public int decisions(RunFolder run) {
        if (!run.has(ReviewLog.FILE)) {
            return 0;
        }
        try {
            FileTime written = Files.getLastModifiedTime(run.file(ReviewLog.FILE));
            Counted known = counted.get(run.id());
            if (known != null && known.written().equals(written)) {
                return known.decisions();
            }
            int count = (int) decided(run).values().stream()
                    .filter(decision -> !decision.decision().equals("skip"))
                    .count();
            counted.put(run.id(), new Counted(written, count));
            return count;
        } catch (ApiError | IOException notUnderstood) {
            return 0;
        }
    }

    /** The decision that counts for each row. */
    public Map<Integer, ReviewLog.Decision> decided(RunFolder run) {
        synchronized (lock(run)) {
            return ReviewLog.of(run).current();
        }
    }

    /** The rows to look at with what was decided about them. */
    public Map<String, @Nullable Object> view(RunFolder run) {
        ReviewRows known = rows(run);
        synchronized (lock(run)) {
            ReviewLog log = ReviewLog.of(run);
            Map<Integer, ReviewLog.Decision> current = log.current();
            List<Object> shown = new ArrayList<>();
            for (Map.Entry<Integer, ObjectNode> row : known.rows().entrySet()) {
                ObjectNode object = row.getValue().deepCopy();
                object.putPOJO("decision", view(current.get(row.getKey())));
                shown.add(object);
            }
            return Views.entry(
                    "task", known.task(),
                    "classes", known.classes(),
                    "columns", known.columns(),
                    "total", known.total(),
                    "images", known.images(),
                    "rows", shown,
                    "counts", counts(known, current),
                    "undoable", log.isUndoable());
        }
    }

    /** Decides about a row. */
    public Map<String, @Nullable Object> decide(RunFolder run, int row, Request request) {
        ReviewRows known = rows(run);
        ObjectNode node = known.rows().get(row);
        if (node == null) {
            throw ApiError.missing("row " + row + " is not among those to look at");
        }
        String word = request.decision();
        if (word == null || !ReviewLog.DECISIONS.contains(word)) {
            throw ApiError.bad("decision is '" + word + "', expected keep, relabel, drop or skip");
        }
        String label = label(known, word, request.label());
        synchronized (lock(run)) {
            ReviewLog log = ReviewLog.of(run);
            log.add(new ReviewLog.Decision(
                    RunFolder.now(),
                    row,
                    node.path("id").asText(),
                    word,
                    label,
                    node.path("label").asText()));
            return answer(known, log, row);
        }
    }

    private static String label(ReviewRows known, String decision, @Nullable String label) {
        if (!decision.equals("relabel")) {
            if (label != null) {
                throw ApiError.bad("a label goes with relabel alone, not with " + decision);
            }
            return "";
        }
        if (label == null) {
            throw ApiError.bad("relabel needs a label");
        }
        if (known.task().equals("regression")) {
            try {
                if (Double.isFinite(Double.parseDouble(label.strip()))) {
                    return label.strip();
                }
            } catch (NumberFormatException none) {
                throw ApiError.bad("the label '" + label + "' is no number");
            }
            throw ApiError.bad("the label '" + label + "' is no finite number");
        }
        if (!known.classes().contains(label)) {
            throw ApiError.bad("there is no class '" + label + "'; the data has "
                    + String.join(
                            ", ",
                            known.classes()
                                    .subList(0, Math.min(20, known.classes().size()))));
        }
        return label;
    }

    /** Takes the last decision back. */
    public Map<String, @Nullable Object> undo(RunFolder run) {
        ReviewRows known = rows(run);
        synchronized (lock(run)) {
            ReviewLog log = ReviewLog.of(run);
            ReviewLog.Decision taken = log.undo(RunFolder.now());
            if (taken == null) {
                throw ApiError.conflict("there is no decision to take back");
            }
            return answer(known, log, taken.row());
        }
    }

    private static Map<String, @Nullable Object> answer(ReviewRows known, ReviewLog log, int row) {
        Map<Integer, ReviewLog.Decision> current = log.current();
        return Views.entry(
                "row", row,
                "decision", view(current.get(row)),
                "counts", counts(known, current),
                "undoable", log.isUndoable());
    }

    private static @Nullable Object view(ReviewLog.@Nullable Decision decision) {
        return decision == null
                ? null
                : Views.entry(
                        "decision", decision.decision(),
                        "label", decision.decision().equals("relabel") ? decision.label() : null,
                        "time", decision.time());
    }

    private static Map<String, @Nullable Object> counts(ReviewRows known, Map<Integer, ReviewLog.Decision> current) {
        Map<String, @Nullable Object> counts = Views.entry();
        int open = known.rows().size();
        for (String word : ReviewLog.DECISIONS) {
            long count = current.entrySet().stream()
                    .filter(entry -> known.rows().containsKey(entry.getKey())
                            && entry.getValue().decision().equals(word))
                    .count();
            counts.put(word, count);
            open -= (int) count;
        }
        counts.put("open", open);
        return counts;
    }

    private ReviewRows rows(RunFolder run) {
        try {
            FileTime written = Files.getLastModifiedTime(
                    run.file(run.has(RunFolder.REPORT_DATA) ? RunFolder.REPORT_DATA : RunFolder.RECORD));
            Cached cached = rows.get(run.id());
            if (cached != null && cached.written().equals(written)) {
                return cached.rows();
            }
            ReviewRows read = ReviewRows.of(run);
            if (rows.size() >= MOST_CACHED) {
                rows.clear();
            }
            rows.put(run.id(), new Cached(written, read));
            return read;
        } catch (IOException none) {
            return ReviewRows.of(run);
        }
    }
}
