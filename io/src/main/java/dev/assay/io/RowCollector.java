package dev.assay.io;

import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/** Hands the cells of a table to the buffers of its columns, chunk by chunk: of all rows, or of those with a label. */
final class RowCollector {
    private static final int EVERY_ROW = -1;

    private final List<? extends ColumnBuffer> buffers;
    private final int labelPlace;
    private final int[] kept;
    private int keptCount;
    private long seen;

    private RowCollector(List<? extends ColumnBuffer> buffers, int labelPlace, int records) {
        this.buffers = buffers;
        this.labelPlace = labelPlace;
        this.kept = new int[records];
    }

    /** Keeps the rows whose label, in the buffer of that place, is not missing. */
    static RowCollector labelled(List<? extends ColumnBuffer> buffers, int labelPlace, int records) {
        return new RowCollector(buffers, labelPlace, records);
    }

    /** Keeps all rows. */
    static RowCollector everyRow(List<? extends ColumnBuffer> buffers, int records) {
        return new RowCollector(buffers, EVERY_ROW, records);
    }

    void take(DuckDBDataChunkReader chunk) {
        int count = (int) chunk.rowCount();
        if (seen + count > kept.length) {
            // more rows than records: reported at the end, and no room for them
            seen += count;
            return;
        }
        boolean[] wanted = new boolean[count];
        DuckDBReadableVector labels = chunk.vector(Math.max(0, labelPlace));
        for (int row = 0; row < count; row++) {
            wanted[row] = labelPlace == EVERY_ROW
                    || (!labels.isNull(row) && !labels.getString(row).isBlank());
            if (wanted[row]) {
                kept[keptCount++] = (int) seen + row;
            }
        }
        for (int place = 0; place < buffers.size(); place++) {
            buffers.get(place).add(chunk.vector(place), wanted, count);
        }
        seen += count;
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
