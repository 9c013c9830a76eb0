package dev.assay.data;

/**
 * A sum of twice the digits of a double, so that the order in which numbers are added does not show in the result: the same
 * rows in another order are encoded the same, to the last bit.
 */
public final class PreciseSum {
    private double high;
    private double low;

    /** Adds a finite number. */
    public void add(double value) {
        double sum = high + value;
        double part = sum - high;
        double error = (high - (sum - part)) + (value - part);
        // what cancels between the large parts must not be lost among the small ones
        double rest = low + error;
        high = sum + rest;
        low = rest - (high - sum);
    }

    /** Adds a product, the digits beyond a double included. */
    public void addProduct(double left, double right) {
        double product = left * right;
        add(product);
        double error = Math.fma(left, right, -product);
        if (error != 0 && Double.isFinite(error)) {
            add(error);
        }
    }

    /** The sum, rounded once. */
    public double value() {
        return high;
    }

    /** What the rounding of {@link #value()} leaves. */
    public double remainder() {
        return low;
    }
}
