package dev.assay.io.table;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Hands the cells of some records on end to the buffers of their columns: of all, or of those that are wanted. */
public final class RowCollector {
    private static final int EVERY_ROW = -1;

    private final List<? extends ColumnBuffer> buffers;
    private final int labelPlace;
    private final Predicate<String> isLabel;
    private final int first;
    private final int records;
    private final @Nullable BitSet wanted;
    private final int[] kept;
    private final Map<String, Integer> markers = new TreeMap<>();
    private int keptCount;
    private long seen;

    private RowCollector(
            List<? extends ColumnBuffer> buffers,
            int labelPlace,
            Predicate<String> isLabel,
            int first,
            int records,
            @Nullable BitSet wanted) {
        this.buffers = buffers;
        this.labelPlace = labelPlace;
        this.isLabel = isLabel;
        this.first = first;
        this.records = records;
        this.wanted = wanted;
        this.kept = new int[wanted == null ? records : wanted.cardinality()];
    }

    /**
     * Keeps the rows whose label, in the buffer of that place, is one.
     *
     * @param first the 0-based record of the first row that comes
     * @param records how many come
     * @param wanted the records to be kept of all that have a label, or null for each
     */
    static RowCollector labelled(
            List<? extends ColumnBuffer> buffers,
            int labelPlace,
            Predicate<String> isLabel,
            int first,
            int records,
            @Nullable BitSet wanted) {
        return new RowCollector(buffers, labelPlace, isLabel, first, records, wanted);
    }

    /** Keeps all rows. */
    public static RowCollector everyRow(List<? extends ColumnBuffer> buffers, int records) {
        return everyRow(buffers, 0, records);
    }

    /** Keeps all rows, the first of which is that record. */
    static RowCollector everyRow(List<? extends ColumnBuffer> buffers, int first, int records) {
        return new RowCollector(buffers, EVERY_ROW, label -> true, first, records, null);
    }

    public void take(DuckDBDataChunkReader chunk) {
        take(chunk, 0, (int) chunk.rowCount());
    }

    /** Takes the rows of a chunk from (included) to to (excluded). */
    void take(DuckDBDataChunkReader chunk, int from, int to) {
        int count = to - from;
        if (seen + count > records) {
            // more rows than records: reported at the end, and no room for them
            seen += count;
            return;
        }
        boolean[] taken = new boolean[count];
        int start = first + (int) seen;
        DuckDBReadableVector labels = chunk.vector(Math.max(0, labelPlace));
        for (int place = 0; place < count; place++) {
            int row = from + place;
            taken[place] = (wanted == null || wanted.get(start + place))
                    && (labelPlace == EVERY_ROW || (!labels.isNull(row) && isLabelled(labels.getString(row))));
            if (taken[place]) {
                kept[keptCount++] = start + place;
            }
        }
        for (int place = 0; place < buffers.size(); place++) {
            buffers.get(place).add(chunk.vector(place), from, taken);
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
