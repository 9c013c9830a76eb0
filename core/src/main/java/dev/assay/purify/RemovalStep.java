package dev.assay.purify;

/**
 * How many rows one iteration of the removal loop removes.
 *
 * @param rows a number of rows, or 0 if a share is given
 * @param share a share of the rows at the start, in (0, 1), or 0 if a number is given
 */
public record RemovalStep(int rows, double share) {
    /** One hundredth of the rows. */
    public static final RemovalStep DEFAULT = ofShare(0.01);

    /**
     * Checks that exactly one of the two is given.
     *
     * @throws IllegalArgumentException if it is not
     */
    public RemovalStep {
        boolean byRows = rows >= 1 && share == 0;
        boolean byShare = rows == 0 && share > 0 && share < 1;
        if (!byRows && !byShare) {
            throw new IllegalArgumentException("a step of " + rows + " rows and a share of " + share
                    + ", expected either at least 1 row or a share between 0 and 1");
        }
    }

    /** So many rows. */
    public static RemovalStep ofRows(int rows) {
        return new RemovalStep(rows, 0);
    }

    /** So large a share of the rows at the start. */
    public static RemovalStep ofShare(double share) {
        return new RemovalStep(0, share);
    }

    /** How many of {@code size} rows are gone after so many iterations. */
    public int removedAfter(int iterations, int size) {
        if (rows > 0) {
            return (int) Math.min(size, (long) rows * iterations);
        }
        return (int) Math.min(size, Math.round(share * size * iterations));
    }
}
