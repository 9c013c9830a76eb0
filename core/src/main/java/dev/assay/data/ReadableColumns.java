package dev.assay.data;

import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Examples as a person reads them: the columns of the file back from the features that they became, in their own units.
 *
 * <ul>
 *   <li>Numbers are rounded to 12 or 13 digits of the largest of their column, which undoes the rounding of encoding.
 *   <li>Levels of a category are texts; those that share a feature are all {@value #OTHER}. Coded by whole numbers: numbers,
 *       unless some share a feature.
 *   <li>Points in time are to the millisecond, followed by hour of the day, weekday and month (1 to 12) where these vary.
 *   <li>Of free text, of which the words cannot be had back, the {@value #TEXT_DIRECTIONS} leading directions as numbers.
 *   <li>Missing values are missing.
 * </ul>
 */
public final class ReadableColumns {
    /** What levels that share a feature are called. */
    public static final String OTHER = "(other)";

    private static final String PRESENT = "present";
    private static final int TEXT_DIRECTIONS = 8;
    private static final int DIGITS = 12;
    private static final List<String> WEEKDAYS =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final long MICROSECONDS_PER_HOUR = 3_600_000_000L;

    private final Matrix features;
    private final int[] examples;

    private ReadableColumns(Matrix features, int[] examples) {
        this.features = features;
        this.examples = examples;
    }

    /**
     * The columns of some examples; O(examples d).
     *
     * @param features n x d, as the encoding gave them
     * @param examples indices of rows of {@code features}
     */
    public static List<Column> of(FeatureEncoding encoding, Matrix features, int[] examples) {
        ReadableColumns readable = new ReadableColumns(features, examples);
        List<Column> result = new ArrayList<>();
        if (encoding instanceof FittedArrayEncoder array) {
            List<String> names = array.featureNames();
            for (int k = 0; k < array.kept().size(); k++) {
                result.add(readable.numbers(
                        names.get(k), k, array.centers().get(k), array.scales().get(k), new BitSet()));
            }
            return result;
        }
        int offset = 0;
        for (ColumnEncoding column : ((FittedEncoder) encoding).columns()) {
            int width = column.featureNames().size();
            BitSet missing = column.missingIndicator() ? readable.ones(offset + width - 1) : new BitSet();
            if (column instanceof ColumnEncoding.Numeric numeric) {
                result.add(readable.numbers(column.column(), offset, numeric.center(), numeric.scale(), missing));
            } else if (column instanceof ColumnEncoding.Presence) {
                result.add(readable.presence(column.column(), missing));
            } else if (column instanceof ColumnEncoding.Flag) {
                result.add(new Column.Booleans(column.column(), examples.length, readable.ones(offset), missing));
            } else if (column instanceof ColumnEncoding.Category category) {
                result.add(readable.levels(category, offset));
            } else if (column instanceof ColumnEncoding.Text text) {
                for (int k = 0; k < Math.min(TEXT_DIRECTIONS, text.features().size()); k++) {
                    result.add(readable.numbers(text.directionName(k), offset + k, 0, 1, missing));
                }
            } else if (column instanceof ColumnEncoding.Moment moment) {
                result.addAll(readable.times(moment, offset, missing));
            }
            offset += width;
        }
        return result;
    }

    private double feature(int row, int column) {
        return features.get(examples[row], column);
    }

    /** The rows in which a feature is 1. */
    private BitSet ones(int feature) {
        BitSet result = new BitSet();
        for (int row = 0; row < examples.length; row++) {
            result.set(row, feature(row, feature) == 1);
        }
        return result;
    }

    private Column.Numbers numbers(String name, int feature, double center, double scale, BitSet missing) {
        double[] values = new double[examples.length];
        Arrays.setAll(values, row -> center + scale * feature(row, feature));
        double largest = Math.max(
                Math.abs(center), Arrays.stream(values).map(Math::abs).max().orElse(0));
        int decimals = largest > 0 ? DIGITS - (int) Math.floor(Math.log10(largest)) : 0;
        // powers of ten beyond 10^22 are not exact
        if (decimals >= 0 && decimals <= 22) {
            double power = Math.pow(10, decimals);
            Arrays.setAll(values, row -> Math.rint(values[row] * power) / power + 0.0);
        }
        return new Column.Numbers(name, values, missing);
    }

    /** Of a column with one value and gaps it is not known which value that was. */
    private Column presence(String name, BitSet missing) {
        Column.Texts.Builder texts = new Column.Texts.Builder(name, examples.length);
        for (int row = 0; row < examples.length; row++) {
            texts.add(missing.get(row) ? null : PRESENT);
        }
        return texts.build();
    }

    private Column levels(ColumnEncoding.Category category, int offset) {
        int levels = category.levels().size();
        int[] level = new int[examples.length];
        for (int row = 0; row < level.length; row++) {
            level[row] = -1;
            for (int k = 0; k < levels + (category.pools() ? 1 : 0); k++) {
                if (feature(row, offset + k) == 1) {
                    level[row] = k;
                }
            }
        }
        if (category.numeric() && !category.pools()) {
            BitSet missing = new BitSet();
            double[] values = new double[level.length];
            for (int row = 0; row < level.length; row++) {
                missing.set(row, level[row] < 0);
                values[row] = level[row] < 0
                        ? 0
                        : Double.parseDouble(category.levels().get(level[row]));
            }
            return new Column.Numbers(category.column(), values, missing);
        }
        Column.Texts.Builder texts = new Column.Texts.Builder(category.column(), level.length);
        for (int one : level) {
            texts.add(one < 0 ? null : one < levels ? category.levels().get(one) : OTHER);
        }
        return texts.build();
    }

    private List<Column> times(ColumnEncoding.Moment moment, int offset, BitSet missing) {
        long[] microseconds = new long[examples.length];
        Arrays.setAll(
                microseconds,
                row -> Math.round((moment.center() + moment.scale() * feature(row, offset))
                                * CalendarFields.MICROSECONDS_PER_DAY
                                / 1000)
                        * 1000);
        String name = moment.column();
        List<Column> result = new ArrayList<>();
        result.add(new Column.Timestamps(name, microseconds, missing));
        for (ColumnEncoding.Cycle cycle : moment.cycles()) {
            String own = name + " (" + cycle.label() + ")";
            if (cycle == ColumnEncoding.Cycle.WEEKDAY) {
                Column.Texts.Builder days = new Column.Texts.Builder(own, microseconds.length);
                for (int row = 0; row < microseconds.length; row++) {
                    days.add(missing.get(row) ? null : WEEKDAYS.get(CalendarFields.weekday(microseconds[row])));
                }
                result.add(days.build());
                continue;
            }
            double[] values = new double[microseconds.length];
            for (int row = 0; row < values.length; row++) {
                long whole = cycle == ColumnEncoding.Cycle.HOUR
                        ? CalendarFields.timeOfDay(microseconds[row]) / MICROSECONDS_PER_HOUR
                        : CalendarFields.month(microseconds[row]) + 1L;
                values[row] = whole;
            }
            result.add(new Column.Numbers(own, values, missing));
        }
        return result;
    }
}
