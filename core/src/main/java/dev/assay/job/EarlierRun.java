package dev.assay.job;

import dev.assay.divide.Candidate;
import dev.assay.drift.DataProfile;
import java.util.List;

/**
 * What is kept of an earlier run, for a later one to be compared with.
 *
 * @param rows of its data
 * @param profile what these held
 * @param blocks shares of the blocks among the rows that a block explains, the largest first; they add up to 1
 * @param wrongShare share of wrong labels
 * @param largestWrongShare the largest share of wrong labels that was not ruled out
 * @param potential V; NaN where it was not known
 * @param candidates numbers of blocks that were considered, and their evidence
 */
public record EarlierRun(
        int rows,
        DataProfile profile,
        List<Double> blocks,
        double wrongShare,
        double largestWrongShare,
        double potential,
        List<Candidate> candidates) {
    /** Copies the lists. */
    public EarlierRun {
        blocks = List.copyOf(blocks);
        candidates = List.copyOf(candidates);
    }
}
