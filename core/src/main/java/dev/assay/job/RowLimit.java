package dev.assay.job;

import dev.assay.data.InvalidInputException;

/**
 * How many rows there may be of a kind.
 *
 * @param amount a number of rows, or a share of all
 * @param isShare whether it is a share
 */
public record RowLimit(double amount, boolean isShare) {
    /**
     * Checks the amount.
     *
     * @throws InvalidInputException if it is negative, no number, or a share above 1
     */
    public RowLimit {
        if (!(amount >= 0) || Double.isInfinite(amount) || (isShare && amount > 1)) {
            throw new InvalidInputException(
                    "a limit is " + amount + ", expected " + (isShare ? "a share from 0 to 1" : "0 rows or more"));
        }
    }

    /** Whether so many rows of so many in all are within it. */
    public boolean allows(int rows, int all) {
        return isShare ? rows <= amount * all : rows <= amount;
    }
}
