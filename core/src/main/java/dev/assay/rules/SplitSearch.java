package dev.assay.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The condition that parts rows best. With W the weight and T the weighted membership of some rows, their log-likelihood
 * under one rate is
 *
 * <pre>  l = T log(T/W) + (W - T) log((W - T)/W)</pre>
 *
 * <p>and a split gains l(yes) + l(no) - l(both), in nats. Its price is log(columns) + log(ways to split in the column): what
 * the best of so many splits gains by chance, about, and what it takes to write down which one it was. A set of s levels out of
 * L costs s log L.
 */
final class SplitSearch {
    /** Rows on either side, at least. */
    static final int FEWEST = 5;

    private static final int MOST_LEVELS = 3;
    /** Differences below this are those of rounding, which follows the order of the rows: the first one is taken. */
    private static final double ROUNDING = 1e-9;

    private final double[] weights;
    private final double[] target;

    /**
     * For one set of rows.
     *
     * @param weights of the rows, 1 on average
     * @param target membership from 0 to 1
     */
    SplitSearch(double[] weights, double[] target) {
        this.weights = weights;
        this.target = target;
    }

    /**
     * A way to part rows.
     *
     * @param gain in nats
     * @param price in nats; a split is worth gain minus price
     */
    record Split(Condition yes, Condition no, double gain, double price) {
        double worth() {
            return gain - price;
        }
    }

    /** Weight, membership and number of rows. */
    private record Sum(double weight, double members, int rows) {
        private static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(Sum other) {
            return new Sum(weight + other.weight, members + other.members, rows + other.rows);
        }

        Sum minus(Sum other) {
            return new Sum(weight - other.weight, members - other.members, rows - other.rows);
        }

        double rate() {
            return members / weight;
        }

        double logLikelihood() {
            double others = weight - members;
            return term(members, weight) + term(others, weight);
        }

        private static double term(double part, double whole) {
            return part > 1e-12 * whole ? part * Math.log(part / whole) : 0;
        }
    }

    /** The best split of the given rows, or null where none leaves enough rows on both sides; O(columns n). */
    @Nullable
    Split best(List<RuleColumn> columns, boolean[] rows) {
        Split best = null;
        for (RuleColumn column : columns) {
            Split split = column instanceof RuleColumn.Ordered ordered
                    ? new OrderedSearch(ordered, rows).best(Math.log(columns.size()))
                    : levels((RuleColumn.Coded) column, rows, Math.log(columns.size()));
            if (split != null && (best == null || split.worth() > best.worth() + ROUNDING)) {
                best = split;
            }
        }
        return best;
    }

    private static double gain(Sum all, Sum yes) {
        Sum no = all.minus(yes);
        if (yes.rows < FEWEST || no.rows < FEWEST) {
            return Double.NEGATIVE_INFINITY;
        }
        return yes.logLikelihood() + no.logLikelihood() - all.logLikelihood();
    }

    private Sum of(int row) {
        return new Sum(weights[row], weights[row] * target[row], 1);
    }

    private @Nullable Split levels(RuleColumn.Coded column, boolean[] rows, double columnPrice) {
        Sum[] sums = new Sum[column.levels().size() + 1];
        Arrays.fill(sums, Sum.NONE);
        Sum all = Sum.NONE;
        for (int row = 0; row < rows.length; row++) {
            if (rows[row]) {
                Sum one = of(row);
                sums[column.codes()[row]] = sums[column.codes()[row]].plus(one);
                all = all.plus(one);
            }
        }
        List<Integer> byRate = IntStream.range(0, sums.length)
                .filter(code -> sums[code].rows >= FEWEST)
                .boxed()
                .sorted(Comparator.comparingDouble(code -> -sums[code].rate()))
                .toList();
        List<List<Integer>> choices = new ArrayList<>();
        byRate.forEach(code -> choices.add(List.of(code)));
        for (int size = 2; size <= Math.min(MOST_LEVELS, byRate.size() - 1); size++) {
            choices.add(byRate.subList(0, size));
            choices.add(byRate.subList(byRate.size() - size, byRate.size()));
        }
        double levelPrice = Math.log((double) IntStream.range(0, sums.length)
                .filter(code -> sums[code].rows > 0)
                .count());
        Split best = null;
        for (List<Integer> choice : choices) {
            Sum inside = Sum.NONE;
            for (int code : choice) {
                inside = inside.plus(sums[code]);
            }
            double gain = gain(all, inside);
            double price = columnPrice + choice.size() * levelPrice;
            if (gain > Double.NEGATIVE_INFINITY && (best == null || gain - price > best.worth() + ROUNDING)) {
                best = split(column, choice, gain, price);
            }
        }
        return best;
    }

    private static Split split(RuleColumn.Coded column, List<Integer> choice, double gain, double price) {
        int missing = column.levels().size();
        List<String> names = choice.stream()
                .filter(code -> code != missing)
                .map(code -> column.levels().get(code))
                .sorted()
                .toList();
        boolean orMissing = choice.contains(missing);
        return new Split(
                new Condition.Levels(column.name(), names, orMissing, false),
                new Condition.Levels(column.name(), names, orMissing, true),
                gain,
                price);
    }

    /** Cuts of an ordered column among some rows; missing values go to either side, or stand alone. */
    private final class OrderedSearch {
        private final RuleColumn.Ordered column;
        private final double[] sorted;
        /** Sums of the rows before each place. */
        private final Sum[] before;

        private final Sum missing;
        private final Sum all;

        OrderedSearch(RuleColumn.Ordered column, boolean[] rows) {
            this.column = column;
            int[] places =
                    Arrays.stream(column.order()).filter(row -> rows[row]).toArray();
            sorted = new double[places.length];
            before = new Sum[places.length + 1];
            before[0] = Sum.NONE;
            for (int k = 0; k < places.length; k++) {
                sorted[k] = column.values()[places[k]];
                before[k + 1] = before[k].plus(of(places[k]));
            }
            Sum none = Sum.NONE;
            for (int row = 0; row < rows.length; row++) {
                if (rows[row] && Double.isNaN(column.values()[row])) {
                    none = none.plus(of(row));
                }
            }
            missing = none;
            all = before[places.length].plus(missing);
        }

        private double gain(int place, boolean withMissing) {
            return SplitSearch.gain(all, withMissing ? before[place].plus(missing) : before[place]);
        }

        @Nullable
        Split best(double columnPrice) {
            boolean gaps = missing.rows > 0;
            int cuts = gaps ? 1 : 0;
            int bestPlace = -1;
            boolean bestWith = false;
            double bestGain = Double.NEGATIVE_INFINITY;
            for (int place = 1; place < sorted.length; place++) {
                if (sorted[place - 1] == sorted[place]) {
                    continue;
                }
                for (int with = 0; with <= (gaps ? 1 : 0); with++) {
                    cuts++;
                    double gain = gain(place, with == 1);
                    if (gain > bestGain + ROUNDING) {
                        bestGain = gain;
                        bestPlace = place;
                        bestWith = with == 1;
                    }
                }
            }
            double alone = gaps ? SplitSearch.gain(all, missing) : Double.NEGATIVE_INFINITY;
            double price = columnPrice + Math.log(Math.max(1, cuts));
            if (alone >= bestGain && alone > Double.NEGATIVE_INFINITY) {
                return new Split(
                        Condition.Range.missing(column.name(), column.time()),
                        Condition.Range.present(column.name(), column.time()),
                        alone,
                        price);
            }
            if (bestPlace < 0) {
                return null;
            }
            boolean with = bestWith;
            double cut = CutPoint.readable(
                    sorted[bestPlace - 1],
                    sorted[bestPlace],
                    sorted[sorted.length - 1] - sorted[0],
                    column.time(),
                    bestGain,
                    threshold -> gain(placeOf(threshold), with));
            String name = column.name();
            boolean time = column.time();
            return new Split(
                    new Condition.Range(name, Double.NEGATIVE_INFINITY, cut, with, time),
                    new Condition.Range(name, cut, Double.POSITIVE_INFINITY, gaps && !with, time),
                    gain(placeOf(cut), with),
                    price);
        }

        /** The number of values up to a threshold. */
        private int placeOf(double threshold) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] <= threshold) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
