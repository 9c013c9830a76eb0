package dev.assay.engine;

import dev.assay.linalg.Matrix;

/** Scores of rows that are wanted once more, block by block. */
public interface RowStore {
    /** Keeps the scores of a block; blocks come in order. */
    void put(int block, Matrix scores);

    /** What was kept of a block. */
    Matrix get(int block);
}
