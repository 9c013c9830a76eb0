package dev.assay.io.array;

import dev.assay.data.InvalidInputException;
import dev.assay.data.PreciseSum;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Range, weighted mean and weighted standard deviation of each entry over the examples, in one pass. */
final class ArrayStatistics {

    private final double[] low;
    private final double[] high;
    /** Weighted sums of the values and of their squares, with digits enough for what cancels, in whatever order they come. */
    private final PreciseSum[] sum;

    private final PreciseSum[] squares;
    private final double totalWeight;

    private ArrayStatistics(int entries, double totalWeight) {
        low = new double[entries];
        high = new double[entries];
        sum = sums(entries);
        squares = sums(entries);
        this.totalWeight = totalWeight;
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
        PreciseSum sum = new PreciseSum();
        Arrays.stream(weights == null ? new double[] {rows.length} : weights).forEach(sum::add);
        double total = sum.value();
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
        low[entry] = Math.min(low[entry], value);
        high[entry] = Math.max(high[entry], value);
        double weighted = weight * value;
        double rounded = Math.fma(weight, value, -weighted);
        sum[entry].add(weighted);
        squares[entry].addProduct(weighted, value);
        if (rounded != 0) {
            sum[entry].add(rounded);
            squares[entry].add(rounded * value);
        }
    }

    private static PreciseSum[] sums(int entries) {
        return Stream.generate(PreciseSum::new).limit(entries).toArray(PreciseSum[]::new);
    }

    int size() {
        return low.length;
    }

    boolean isConstant(int entry) {
        return low[entry] == high[entry];
    }

    /** The mean. */
    double center(int entry) {
        return sum[entry].value() / totalWeight;
    }

    /** The standard deviation, above 0. */
    double scale(int entry) {
        double mean = center(entry);
        double product = mean * totalWeight;
        // sum w x^2 - 2 m sum w x + m^2 W, the large parts taken from each other before anything is rounded
        PreciseSum rest = new PreciseSum();
        rest.add(squares[entry].value());
        rest.addProduct(-2 * mean, sum[entry].value());
        rest.addProduct(mean, product);
        rest.addProduct(mean, Math.fma(mean, totalWeight, -product));
        rest.add(squares[entry].remainder());
        rest.add(-2 * mean * sum[entry].remainder());
        double deviation = Math.sqrt(Math.max(0, rest.value() / totalWeight));
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
