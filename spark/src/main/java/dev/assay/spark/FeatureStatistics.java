package dev.assay.spark;

import dev.assay.data.PreciseSum;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * What standardising asks of columns of numbers, in one pass: sums to twice the digits of a double, so that partitions and their order do not
 * show, smallest and largest value, and whether there are more than two. Parts merge; they travel as arrays.
 */
final class FeatureStatistics {
    private static final int COUNTS = 7;
    private static final int ROWS = 0;
    private static final int NOT_FINITE = 1;
    private static final int NO_LABEL = 2;
    private static final int BAD_WEIGHT = 3;
    private static final int OTHER_LENGTH = 4;
    private static final int WEIGHT = 5;
    /** Of a column: two sums in two parts each, smallest, largest, a value and another one, whether there is a third. */
    private static final int EACH = 9;

    private final int columns;
    private final double[] counts;
    private final double[] extremes;
    private final PreciseSum weight = new PreciseSum();
    private final PreciseSum[] sums;
    private final PreciseSum[] squares;

    FeatureStatistics(int columns) {
        this.columns = columns;
        counts = new double[COUNTS];
        extremes = new double[EACH * columns];
        sums = new PreciseSum[columns];
        squares = new PreciseSum[columns];
        for (int j = 0; j < columns; j++) {
            sums[j] = new PreciseSum();
            squares[j] = new PreciseSum();
            Arrays.fill(extremes, EACH * j + 4, EACH * j + EACH - 1, Double.NaN);
        }
    }

    /** Adds a row, or counts why it cannot be one. */
    void add(double[] values, double rowWeight) {
        counts[ROWS]++;
        if (!(rowWeight >= 0) || Double.isInfinite(rowWeight)) {
            counts[BAD_WEIGHT]++;
            return;
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                counts[NOT_FINITE]++;
                return;
            }
        }
        weight.add(rowWeight);
        for (int j = 0; j < columns; j++) {
            // what rounding takes from a product is as large as the variance of values that are far from 0
            double weighted = rowWeight * values[j];
            double error = Math.fma(rowWeight, values[j], -weighted);
            sums[j].add(weighted);
            sums[j].add(error);
            squares[j].addProduct(weighted, values[j]);
            squares[j].addProduct(error, values[j]);
            see(j, values[j]);
        }
    }

    void addWithoutLabel() {
        counts[ROWS]++;
        counts[NO_LABEL]++;
    }

    void addOtherLength() {
        counts[ROWS]++;
        counts[OTHER_LENGTH]++;
    }

    private void see(int j, double value) {
        int at = EACH * j;
        extremes[at + 4] = Double.isNaN(extremes[at + 4]) ? value : Math.min(extremes[at + 4], value);
        extremes[at + 5] = Double.isNaN(extremes[at + 5]) ? value : Math.max(extremes[at + 5], value);
        if (Double.isNaN(extremes[at + 6])) {
            extremes[at + 6] = value;
        } else if (value != extremes[at + 6] && Double.isNaN(extremes[at + 7])) {
            extremes[at + 7] = value;
        } else if (value != extremes[at + 6] && value != extremes[at + 7]) {
            extremes[at + 8] = 1;
        }
    }

    /** All of it as numbers. */
    double[] numbers() {
        double[] result = new double[COUNTS + extremes.length];
        System.arraycopy(counts, 0, result, 0, COUNTS);
        result[WEIGHT] = weight.value();
        result[WEIGHT + 1] = weight.remainder();
        System.arraycopy(extremes, 0, result, COUNTS, extremes.length);
        for (int j = 0; j < columns; j++) {
            int at = COUNTS + EACH * j;
            result[at] = sums[j].value();
            result[at + 1] = sums[j].remainder();
            result[at + 2] = squares[j].value();
            result[at + 3] = squares[j].remainder();
        }
        return result;
    }

    /** The same with what other numbers hold, which {@link #numbers} gave. */
    FeatureStatistics plus(double[] other) {
        for (int k = 0; k < WEIGHT; k++) {
            counts[k] += other[k];
        }
        weight.add(other[WEIGHT]);
        weight.add(other[WEIGHT + 1]);
        for (int j = 0; j < columns; j++) {
            int at = COUNTS + EACH * j;
            sums[j].add(other[at]);
            sums[j].add(other[at + 1]);
            squares[j].add(other[at + 2]);
            squares[j].add(other[at + 3]);
            for (int k = 4; k < EACH - 1; k++) {
                if (!Double.isNaN(other[at + k])) {
                    see(j, other[at + k]);
                }
            }
            extremes[EACH * j + 8] = Math.max(extremes[EACH * j + 8], other[at + 8]);
        }
        return this;
    }

    long rows() {
        return (long) counts[ROWS];
    }

    long notFinite() {
        return (long) counts[NOT_FINITE];
    }

    long withoutLabel() {
        return (long) counts[NO_LABEL];
    }

    long badWeights() {
        return (long) counts[BAD_WEIGHT];
    }

    long ofOtherLength() {
        return (long) counts[OTHER_LENGTH];
    }

    double totalWeight() {
        return weight.value();
    }

    boolean isConstant(int column) {
        return extremes[EACH * column + 4] == extremes[EACH * column + 5];
    }

    boolean hasTwoValues(int column) {
        return !isConstant(column) && extremes[EACH * column + 8] == 0;
    }

    double smallest(int column) {
        return extremes[EACH * column + 4];
    }

    double largest(int column) {
        return extremes[EACH * column + 5];
    }

    double mean(int column) {
        return sums[column].value() / weight.value();
    }

    /** The standard deviation, over the sum of the weights. */
    double deviation(int column) {
        BigDecimal total = exact(weight);
        BigDecimal sum = exact(sums[column]);
        BigDecimal rest = exact(squares[column]).subtract(sum.multiply(sum).divide(total, MathContext.DECIMAL128));
        return Math.sqrt(Math.max(0, rest.divide(total, MathContext.DECIMAL128).doubleValue()));
    }

    private static BigDecimal exact(PreciseSum sum) {
        return new BigDecimal(sum.value()).add(new BigDecimal(sum.remainder()));
    }
}
