package dev.assay.job;

import dev.assay.data.InvalidInputException;

/**
 * When rows were made.
 *
 * @param column what the times are called
 * @param values n numbers, finite, ascending with time
 * @param moments whether they are microseconds since 1970, in UTC, and so to be shown as dates
 */
public record Times(String column, double[] values, boolean moments) {
    /**
     * Checks the numbers.
     *
     * @throws InvalidInputException if one is not finite
     */
    public Times {
        for (int row = 0; row < values.length; row++) {
            if (!Double.isFinite(values[row])) {
                throw new InvalidInputException(
                        "times, row " + row + ": " + values[row] + ", expected a finite number for each row");
            }
        }
    }

    /** Those of some of the rows, in the order that is asked for. */
    public Times select(int[] indices) {
        double[] selected = new double[indices.length];
        for (int k = 0; k < selected.length; k++) {
            selected[k] = values[indices[k]];
        }
        return new Times(column, selected, moments);
    }
}
