package dev.assay.bench;

import java.util.Arrays;

/**
 * Mean and standard deviation of repeated measurements.
 *
 * @param mean NaN for no measurement
 * @param deviation standard deviation; NaN where there are too few measurements for one
 */
record Spread(double mean, double deviation) {
    /** With the deviation of a sample (divided by n - 1), as Figures 5 and 7 have it. */
    static Spread ofSample(double[] values) {
        return of(values, values.length - 1);
    }

    /** With the deviation of a population (divided by n), as Figure 3 has it. */
    static Spread ofPopulation(double[] values) {
        return of(values, values.length > 1 ? values.length : 0);
    }

    private static Spread of(double[] values, int divisor) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, divisor > 0 ? Math.sqrt(squares / divisor) : Double.NaN);
    }
}
