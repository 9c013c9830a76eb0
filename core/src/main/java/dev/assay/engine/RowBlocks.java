package dev.assay.engine;

import dev.assay.data.Dataset;

/**
 * Labelled rows in blocks, each of which is made when it is asked for: read from a file, or a part of what is in memory. A block is the same
 * whenever it is asked for, and may be asked for by several threads at once.
 */
public interface RowBlocks {
    /** How many blocks there are. */
    int count();

    /** n, the rows of all blocks together. */
    long size();

    /**
     * The rows of a block; it may be without any.
     *
     * @param index from 0 to {@link #count} - 1
     */
    Dataset block(int index);

    /** The 0-based rows of the input in a block. */
    default int[] rows(int index) {
        return block(index).rows();
    }

    /** A data set in memory, in blocks of so many rows. */
    static RowBlocks of(Dataset data, int rows) {
        return new HeldBlocks(data, rows);
    }
}
