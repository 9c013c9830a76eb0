package dev.assay.io;

import dev.assay.data.InvalidInputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Range, weighted mean and weighted standard deviation of each entry over the examples, in one pass. */
final class ArrayStatistics {

    private final double[] first;
    private final double[] low;
    private final double[] high;
    /** Weighted sums of the differences from the first value, and of their squares: no digits cancel. */
    private final double[] sum;

    private final double[] squares;
    private final double totalWeight;

    private ArrayStatistics(int entries, double totalWeight) {
        first = new double[entries];
        low = new double[entries];
        high = new double[entries];
        sum = new double[entries];
        squares = new double[entries];
        this.totalWeight = totalWeight;
        Arrays.fill(first, Double.NaN);
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    /**
     * Goes through an array.
     *
     * @param rows the examples that count
     * @param weights their weights, or null
     * @throws InvalidInputException with count and first example, if an entry is NaN or infinite
     */
    static ArrayStatistics of(ArrayEntry array, int[] rows, double @Nullable [] weights) {
        int[] placeOf = ArrayReader.places(array.header().examples(), rows);
        double total = weights == null ? rows.length : Arrays.stream(weights).sum();
        ArrayStatistics statistics = new ArrayStatistics((int) array.header().entriesPerExample(), total);
        ElementType type = array.header().type();
        long[] bad = {0, Long.MAX_VALUE};
        array.forEach((example, entry, bytes) -> {
            int place = placeOf[example];
            if (place < 0) {
                return;
            }
            double value = type.number(bytes);
            if (Double.isFinite(value)) {
                statistics.add(entry, value, weights == null ? 1 : weights[place]);
                return;
            }
            bad[0]++;
            bad[1] = Math.min(bad[1], example);
        });
        if (bad[0] > 0) {
            throw new InvalidInputException(array.name() + ": " + bad[0] + (bad[0] == 1 ? " entry is" : " entries are")
                    + " NaN or infinite, the first in example " + (bad[1] + 1) + " (counted from 1);"
                    + " correct or remove these examples");
        }
        return statistics;
    }

    private void add(int entry, double value, double weight) {
        if (low[entry] > high[entry]) {
            first[entry] = value;
        }
        low[entry] = Math.min(low[entry], value);
        high[entry] = Math.max(high[entry], value);
        double difference = value - first[entry];
        sum[entry] += weight * difference;
        squares[entry] += weight * difference * difference;
    }

    int size() {
        return first.length;
    }

    boolean isConstant(int entry) {
        return low[entry] == high[entry];
    }

    /** The mean. */
    double center(int entry) {
        return first[entry] + sum[entry] / totalWeight;
    }

    /** The standard deviation, above 0. */
    double scale(int entry) {
        double mean = sum[entry] / totalWeight;
        double deviation = Math.sqrt(Math.max(0, squares[entry] / totalWeight - mean * mean));
        return deviation > 0 && Double.isFinite(deviation) ? deviation : high[entry] - low[entry];
    }

    /** The smallest of all entries. */
    double low() {
        return Arrays.stream(low).min().orElse(0);
    }

    /** The largest of all entries. */
    double high() {
        return Arrays.stream(high).max().orElse(0);
    }
}
