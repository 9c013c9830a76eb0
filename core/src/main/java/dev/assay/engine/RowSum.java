package dev.assay.engine;

import dev.assay.data.Dataset;

/**
 * A sum over rows, laid out in one array, so that parts of it add up entry by entry. Its own content is numbers alone, small ones: it may be
 * sent to where the rows are.
 */
public interface RowSum {
    /** Entries of the sum. */
    int length();

    /**
     * Adds the rows of a block.
     *
     * @param total {@link #length} entries
     */
    void add(Dataset block, double[] total);
}
