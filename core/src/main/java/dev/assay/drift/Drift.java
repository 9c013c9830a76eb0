package dev.assay.drift;

import dev.assay.data.Column;
import dev.assay.data.ReadableColumns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far shares have moved between an earlier file and this one, beside what chance gives where nothing has.
 *
 * @param name of what has shares: a column, say
 * @param distance total variation, 1/2 sum |a_k - b_k|: the share of the rows that would have to be somewhere else for the two to be
 *     alike; from 0 to 1, larger = further apart
 * @param expected about what the distance comes to by chance alone, 1/2 sum sqrt(2/pi p_k (1 - p_k) (1/n + 1/m)), p_k the shares of
 *     both together
 * @param chance probability of counts at least as far apart where nothing has moved (chi-squared test of two samples, cells of fewer
 *     than {@value #LEAST_COUNT} expected rows taken together), for this comparison alone; lower = less likely chance
 * @param stability the population stability index, sum (b_k - a_k) log(b_k / a_k), in nats, half a row added to each cell
 */
public record Drift(String name, double distance, double expected, double chance, double stability) {
    private static final int LEAST_COUNT = 5;
    private static final double HALF_A_ROW = 0.5;

    /** A share before and now. */
    private record Cell(double before, double now) {}

    /**
     * The drift of a column.
     *
     * @param weights of the rows now
     */
    public static Drift of(Distribution before, Column column, double[] weights) {
        if (before instanceof Distribution.Numbers numbers) {
            Column.Numbers now = asNumbers(column);
            return now == null
                    ? changed(before.name())
                    : ofNumbers(numbers, Distribution.numbers(now, weights, numbers.edges()));
        }
        return ofLevels((Distribution.Levels) before, Distribution.levels(column, weights));
    }

    /** What held numbers holds something else: nothing is where it was. */
    private static Drift changed(String name) {
        return new Drift(name, 1, 0, 0, Double.NaN);
    }

    /**
     * The drift of shares that add up to 1 on either side.
     *
     * @param before shares, the same places as {@code now}
     * @param rows how many rows the shares before are worth
     * @param nowRows how many rows those of now are worth
     */
    public static Drift ofShares(String name, double[] before, double rows, double[] now, double nowRows) {
        List<Cell> cells = new ArrayList<>();
        for (int k = 0; k < now.length; k++) {
            cells.add(new Cell(before[k], now[k]));
        }
        return of(name, cells, rows, nowRows);
    }

    /** Whole numbers that stand for categories were texts once; what is neither is null. */
    private static Column.@Nullable Numbers asNumbers(Column column) {
        if (column instanceof Column.Numbers numbers) {
            return numbers;
        }
        double[] values = new double[column.size()];
        BitSet missing = new BitSet();
        for (int row = 0; row < values.length; row++) {
            String text = column.text(row);
            // which of the rare levels it was is not known any more
            missing.set(row, column.isMissing(row) || text.equals(ReadableColumns.OTHER));
            if (!missing.get(row)) {
                try {
                    values[row] = Double.parseDouble(text);
                } catch (NumberFormatException noNumber) {
                    return null;
                }
            }
        }
        return new Column.Numbers(column.name(), values, missing);
    }

    private static Drift ofNumbers(Distribution.Numbers before, Distribution.Numbers now) {
        List<Cell> cells = new ArrayList<>();
        for (int k = 0; k < before.shares().size(); k++) {
            cells.add(new Cell(before.shares().get(k), now.shares().get(k)));
        }
        cells.add(new Cell(before.missing(), now.missing()));
        return of(before.name(), cells, before.rows(), now.rows());
    }

    /**
     * Levels that only one side tells apart may be among the others of the other side, as far as these go: what is rare here may be
     * a little less rare there.
     */
    private static Drift ofLevels(Distribution.Levels before, Distribution.Levels now) {
        Map<String, Double> left = new HashMap<>();
        for (int k = 0; k < before.levels().size(); k++) {
            left.put(before.levels().get(k), before.shares().get(k));
        }
        List<Cell> cells = new ArrayList<>();
        double arrived = 0;
        for (int k = 0; k < now.levels().size(); k++) {
            Double known = left.remove(now.levels().get(k));
            if (known == null) {
                arrived += now.shares().get(k);
            } else {
                cells.add(new Cell(known, now.shares().get(k)));
            }
        }
        double gone = 0;
        for (String level : before.levels()) {
            gone += left.getOrDefault(level, 0.0);
        }
        double goneNow = Math.min(gone, now.others());
        double arrivedBefore = Math.min(arrived, before.others());
        cells.add(new Cell(gone, goneNow));
        cells.add(new Cell(arrivedBefore, arrived));
        cells.add(new Cell(before.others() - arrivedBefore, now.others() - goneNow));
        cells.add(new Cell(before.missing(), now.missing()));
        return of(before.name(), cells, before.rows(), now.rows());
    }

    private static Drift of(String name, List<Cell> all, double rows, double nowRows) {
        List<Cell> cells =
                all.stream().filter(cell -> cell.before() + cell.now() > 0).toList();
        double distance = 0;
        double expected = 0;
        double stability = 0;
        for (Cell cell : cells) {
            distance += Math.abs(cell.now() - cell.before()) / 2;
            expected += Math.sqrt(2 / Math.PI * variance(cell, rows, nowRows)) / 2;
            double a = smoothed(cell.before(), rows, cells.size());
            double b = smoothed(cell.now(), nowRows, cells.size());
            stability += (b - a) * Math.log(b / a);
        }
        return new Drift(name, distance, expected, chance(cells, rows, nowRows), stability);
    }

    private static double smoothed(double share, double rows, int cells) {
        return (share * rows + HALF_A_ROW) / (rows + HALF_A_ROW * cells);
    }

    private static double together(Cell cell, double rows, double nowRows) {
        return (rows * cell.before() + nowRows * cell.now()) / (rows + nowRows);
    }

    /** Of the difference of the two shares where nothing has moved. */
    private static double variance(Cell cell, double rows, double nowRows) {
        double share = together(cell, rows, nowRows);
        return share * Math.max(0, 1 - share) * (1 / rows + 1 / nowRows);
    }

    private static double chance(List<Cell> cells, double rows, double nowRows) {
        List<Cell> large = new ArrayList<>();
        Cell small = new Cell(0, 0);
        for (Cell cell : cells) {
            if (isLarge(cell, rows, nowRows)) {
                large.add(cell);
            } else {
                small = new Cell(small.before() + cell.before(), small.now() + cell.now());
            }
        }
        if (isLarge(small, rows, nowRows)) {
            large.add(small);
        } else if (!large.isEmpty()) {
            Cell last = large.remove(large.size() - 1);
            large.add(new Cell(last.before() + small.before(), last.now() + small.now()));
        }
        if (large.size() < 2) {
            return 1;
        }
        double sum = 0;
        for (Cell cell : large) {
            double difference = cell.now() - cell.before();
            sum += difference * difference / (together(cell, rows, nowRows) * (1 / rows + 1 / nowRows));
        }
        return ChiSquared.tail(sum, large.size() - 1);
    }

    private static boolean isLarge(Cell cell, double rows, double nowRows) {
        return Math.min(rows, nowRows) * together(cell, rows, nowRows) >= LEAST_COUNT;
    }
}
