package dev.assay.drift;

/** The distribution of how often something rare happens. */
public final class Poisson {
    private Poisson() {}

    /** P(N >= count) where {@code expected} are expected: that chi-squared of 2 {@code count} degrees of freedom is below 2 {@code expected}. */
    public static double tail(int count, double expected) {
        return count == 0 ? 1 : 1 - ChiSquared.tail(2 * expected, 2 * count);
    }
}
