package dev.assay.io.result;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/** Blocks of results as a table of DuckDB that is read once, while they come. Its chunks are full whatever the blocks are. */
final class BlockFunction implements DuckDBTableFunction<List<ResultColumn>, BlockFunction, BlockFunction> {
    private static final List<ResultColumn> END = List.of();
    private static final int WAIT_MILLISECONDS = 50;

    private final List<ResultColumn> columns;
    private final BlockingQueue<List<ResultColumn>> waiting = new ArrayBlockingQueue<>(1);
    private List<ResultColumn> block = END;
    private int at;
    private boolean ended;
    private volatile boolean aborted;

    /** For blocks with columns such as these. */
    BlockFunction(List<ResultColumn> columns) {
        this.columns = columns;
    }

    /** What DuckDB calls the column of that place. */
    static String key(int place) {
        return "c" + place;
    }

    /**
     * Hands a block on, once there is room.
     *
     * @return false if the reader has ended and will take none
     */
    boolean offer(List<ResultColumn> next, BooleanSupplier readerHasEnded) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (waiting.offer(next, WAIT_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                    if (readerHasEnded.getAsBoolean()) {
                        return false;
                    }
                } catch (InterruptedException again) {
                    // a block must not get lost: pass the interrupt on afterwards
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** No block comes any more. */
    void end(BooleanSupplier readerHasEnded) {
        offer(END, readerHasEnded);
    }

    /** What was handed on is not to be written. */
    void abort() {
        aborted = true;
        waiting.clear();
        if (!waiting.offer(END)) {
            throw new IllegalStateException("blocks are handed on beside an abort");
        }
    }

    @Override
    public List<ResultColumn> bind(DuckDBTableFunctionBindInfo info) {
        for (int place = 0; place < columns.size(); place++) {
            info.addResultColumn(key(place), type(columns.get(place)));
        }
        return columns;
    }

    private static DuckDBColumnType type(ResultColumn column) {
        if (column instanceof ResultColumn.Integers) {
            return DuckDBColumnType.INTEGER;
        }
        if (column instanceof ResultColumn.Reals) {
            return DuckDBColumnType.DOUBLE;
        }
        return column instanceof ResultColumn.Truths ? DuckDBColumnType.BOOLEAN : DuckDBColumnType.VARCHAR;
    }

    @Override
    public BlockFunction init(DuckDBTableFunctionInitInfo info) {
        info.setMaxThreads(1);
        return this;
    }

    @Override
    public BlockFunction localInit(DuckDBTableFunctionInitInfo info) {
        return this;
    }

    @Override
    public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) throws InterruptedException {
        int capacity = (int) chunk.capacity();
        int filled = 0;
        while (filled < capacity && !ended) {
            int rows = block.isEmpty() ? 0 : block.get(0).size();
            if (at == rows) {
                block = waiting.take();
                at = 0;
                ended = block.isEmpty();
                continue;
            }
            int count = Math.min(capacity - filled, rows - at);
            for (int place = 0; place < block.size(); place++) {
                write(block.get(place), at, count, chunk.vector(place), filled);
            }
            at += count;
            filled += count;
        }
        if (aborted) {
            throw new IllegalStateException("the results are not wanted any more");
        }
        return filled;
    }

    private static void write(ResultColumn column, int from, int count, DuckDBWritableVector cells, int target) {
        if (column instanceof ResultColumn.Integers integers) {
            for (int row = 0; row < count; row++) {
                int value = integers.values()[from + row];
                if (value == ResultColumn.Integers.MISSING) {
                    cells.setNull((long) target + row);
                } else {
                    cells.setInt((long) target + row, value);
                }
            }
        } else if (column instanceof ResultColumn.Reals reals) {
            for (int row = 0; row < count; row++) {
                double value = reals.values()[from + row];
                if (Double.isNaN(value)) {
                    cells.setNull((long) target + row);
                } else {
                    cells.setDouble((long) target + row, value);
                }
            }
        } else if (column instanceof ResultColumn.Truths truths) {
            for (int row = 0; row < count; row++) {
                cells.setBoolean((long) target + row, truths.values()[from + row]);
            }
        } else if (column instanceof ResultColumn.Texts texts) {
            for (int row = 0; row < count; row++) {
                @Nullable String value = texts.values().get(from + row);
                if (value == null) {
                    cells.setNull((long) target + row);
                } else {
                    cells.setString((long) target + row, value);
                }
            }
        }
    }
}
