package dev.assay.io.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Hands the cells of a table to the buffers of its columns, chunk by chunk: of all rows, or of those with a label. */
public final class RowCollector {
    private static final int EVERY_ROW = -1;

    private final List<? extends ColumnBuffer> buffers;
    private final int labelPlace;
    private final Predicate<String> isLabel;
    private final int[] kept;
    private final Map<String, Integer> markers = new TreeMap<>();
    private int keptCount;
    private long seen;

    private RowCollector(List<? extends ColumnBuffer> buffers, int labelPlace, Predicate<String> isLabel, int records) {
        this.buffers = buffers;
        this.labelPlace = labelPlace;
        this.isLabel = isLabel;
        this.kept = new int[records];
    }

    /** Keeps the rows whose label, in the buffer of that place, is one. */
    static RowCollector labelled(
            List<? extends ColumnBuffer> buffers, int labelPlace, Predicate<String> isLabel, int records) {
        return new RowCollector(buffers, labelPlace, isLabel, records);
    }

    /** Keeps all rows. */
    public static RowCollector everyRow(List<? extends ColumnBuffer> buffers, int records) {
        return new RowCollector(buffers, EVERY_ROW, label -> true, records);
    }

    public void take(DuckDBDataChunkReader chunk) {
        int count = (int) chunk.rowCount();
        if (seen + count > kept.length) {
            // more rows than records: reported at the end, and no room for them
            seen += count;
            return;
        }
        boolean[] wanted = new boolean[count];
        DuckDBReadableVector labels = chunk.vector(Math.max(0, labelPlace));
        for (int row = 0; row < count; row++) {
            wanted[row] = labelPlace == EVERY_ROW || (!labels.isNull(row) && isLabelled(labels.getString(row)));
            if (wanted[row]) {
                kept[keptCount++] = (int) seen + row;
            }
        }
        for (int place = 0; place < buffers.size(); place++) {
            buffers.get(place).add(chunk.vector(place), wanted, count);
        }
        seen += count;
    }

    private boolean isLabelled(String label) {
        boolean labelled = isLabel.test(label);
        if (!labelled && !label.isBlank()) {
            markers.merge(label.strip(), 1, Integer::sum);
        }
        return labelled;
    }

    /** The words that stood for a missing label, and in how many rows. */
    Map<String, Integer> markers() {
        return markers;
    }

    /** Rows that came, kept or not. */
    long seen() {
        return seen;
    }

    /** The 0-based records that were kept. */
    int[] kept() {
        return Arrays.copyOf(kept, keptCount);
    }
}
