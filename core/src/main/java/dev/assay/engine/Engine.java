package dev.assay.engine;

import dev.assay.work.Progress;

/**
 * Where rows are and what is reckoned over them: on this machine, block by block, or on several. All that is decided is decided by whoever
 * asks, from sums; so a row that is visited twice because a machine failed still counts once.
 */
public interface Engine {
    /** n, the number of rows. */
    long size();

    /**
     * A sum over all rows. One pass over the data; memory in proportion to the length of the sum.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    double[] sum(RowSum sum, Progress progress);

    /**
     * The same rows with other weights, which are worked out once and kept.
     *
     * @param factors one column: by how much each row's weight is multiplied, from 0 to 1, to the precision of 32-bit numbers
     */
    Engine reweighted(RowScores factors, Progress progress);
}
