package dev.assay.engine;

import dev.assay.data.Dataset;
import java.util.stream.IntStream;

/**
 * Rows that are in memory.
 *
 * @param data all of them
 * @param rows of a block
 */
record HeldBlocks(Dataset data, int rows) implements RowBlocks {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if a block would have no rows
     */
    HeldBlocks {
        if (rows < 1) {
            throw new IllegalArgumentException("a block has " + rows + " rows, expected at least 1");
        }
    }

    @Override
    public int count() {
        return (int) (((long) data.size() + rows - 1) / rows);
    }

    @Override
    public long size() {
        return data.size();
    }

    @Override
    public Dataset block(int index) {
        int from = index * rows;
        return data.select(IntStream.range(from, (int) Math.min(data.size(), (long) from + rows))
                .toArray());
    }
}
