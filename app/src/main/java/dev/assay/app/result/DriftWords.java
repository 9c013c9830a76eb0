package dev.assay.app.result;

import dev.assay.io.read.LoadedData;
import dev.assay.job.DataQuality;
import dev.assay.quality.OrderDrift;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes along the file, in words. */
final class DriftWords {
    static final String WHAT = "Changes along the file";
    private static final String SHUFFLE =
            "a part of the file, its first rows for instance, does not stand for the whole,"
                    + " and columns that go with the label change along the file, too. Shuffle before you cut.";
    private static final String NAME = "If a column says so, name it with --time or --group.";
    private static final int NAMED = 5;

    private final LoadedData data;
    private final @Nullable OrderDrift found;
    private final @Nullable String note;

    DriftWords(LoadedData data, DataQuality.Check<OrderDrift> check) {
        this.data = data;
        this.found = check.found();
        this.note = check.obstacle() == null ? null : QualityWords.note(data, WHAT, check.obstacle());
    }

    /** Null where the order says nothing. */
    @Nullable
    String question() {
        List<OrderDrift.ColumnDrift> drifting = found == null ? List.of() : found.drifting();
        if (drifting.isEmpty()) {
            return null;
        }
        return isSortedByLabel(drifting)
                ? "The rows are sorted by their label: " + SHUFFLE
                : changes(drifting)
                        + " more than rows in random order do: is it the order of time, batches or sources? " + NAME;
    }

    /** The same to somebody who sees the sentence and the columns. */
    @Nullable
    String advice() {
        List<OrderDrift.ColumnDrift> drifting = found == null ? List.of() : found.drifting();
        if (drifting.isEmpty()) {
            return null;
        }
        return isSortedByLabel(drifting) ? SHUFFLE : "Is it the order of time, batches or sources? " + NAME;
    }

    private String changes(List<OrderDrift.ColumnDrift> drifting) {
        boolean one = drifting.size() == 1;
        return (one ? "Column " : "The columns ") + named(drifting) + (one ? " changes" : " change")
                + " along the file";
    }

    @Nullable
    String sentence() {
        if (found == null) {
            return note;
        }
        List<OrderDrift.ColumnDrift> drifting = found.drifting();
        return drifting.isEmpty()
                ? "Nothing changes along the file more than rows in random order do (" + Numbers.rows(found.rows())
                        + ", " + found.columns().size() + " columns with the label)."
                : (isSortedByLabel(drifting) ? "The rows are sorted by their label. " : "") + changes(drifting)
                        + "; the share is that of its variance between ten stretches.";
    }

    private boolean isSortedByLabel(List<OrderDrift.ColumnDrift> drifting) {
        return drifting.stream()
                .anyMatch(one ->
                        one.isSorted() && one.column().equals(data.source().label()));
    }

    private String named(List<OrderDrift.ColumnDrift> drifting) {
        String named = Numbers.list(drifting.stream()
                .limit(NAMED)
                .map(one -> (one.column().equals(data.source().label()) ? one.column() + ", the label" : one.column())
                        + " (" + (one.isSorted() ? "sorted" : Numbers.percent(one.explained())) + ")")
                .toList());
        return named + (drifting.size() > NAMED ? " and " + (drifting.size() - NAMED) + " more" : "");
    }

    /** Null where nobody asked. */
    @Nullable
    Map<String, @Nullable Object> facts() {
        if (found == null) {
            return note == null ? null : RunRecord.entry("note", note);
        }
        return RunRecord.entry(
                "sentence",
                sentence(),
                "rows",
                found.rows(),
                "sortedByLabel",
                isSortedByLabel(found.drifting()),
                "columns",
                found.columns());
    }
}
