package dev.assay.noise;

/**
 * One class taken for another: of the rows that are {@code from}, so many are labelled {@code to}.
 *
 * @param from code of the true class
 * @param to code of the label
 * @param rows about how many: the sum of the posterior probabilities, weighted
 * @param share of the rows that are {@code from}
 * @param low end of the 95 % interval of the share (Wilson)
 * @param high end of it
 */
public record Confusion(int from, int to, double rows, double share, double low, double high) {
    private static final double NORMAL = 1.959964;

    /** The interval of a count among so many rows. */
    static Confusion of(int from, int to, double rows, double total) {
        double share = rows / total;
        double spread = NORMAL * NORMAL / total;
        double centre = (share + spread / 2) / (1 + spread);
        double half = NORMAL / (1 + spread) * Math.sqrt(share * (1 - share) / total + spread / (4 * total));
        return new Confusion(from, to, rows, share, Math.max(0, centre - half), Math.min(1, centre + half));
    }
}
