package dev.assay.io.read;

import dev.assay.data.InvalidInputException;

/**
 * How many rows are drawn to learn from where a file has more, see {@link RowSampler}.
 *
 * @param rows about so many, at least 1
 * @param seed of the draw
 */
public record SampleSize(int rows, long seed) {
    /**
     * Checks the number.
     *
     * @throws InvalidInputException if it is below 1
     */
    public SampleSize {
        if (rows < 1) {
            throw new InvalidInputException("a sample of " + rows + " rows, expected at least 1");
        }
    }
}
