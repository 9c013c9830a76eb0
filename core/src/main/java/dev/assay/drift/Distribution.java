package dev.assay.drift;

import dev.assay.data.Column;
import dev.assay.data.ReadableColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a column holds, in short: enough to hold a later column against it, in a few dozen numbers. */
public sealed interface Distribution {
    /** Ranges of numbers at the most, with about as many rows each. */
    int RANGES = 10;

    /** Levels at the most that are told apart; the rarest beyond are counted together. */
    int MOST_LEVELS = 100;

    /** The column. */
    String name();

    /** Share of the rows without a value, by weight. */
    double missing();

    /** How many rows it is worth: (sum w)^2 / sum w^2, for weights of 1 their number. */
    double rows();

    /**
     * Numbers, by ranges.
     *
     * @param edges ascending; range k is above edge k - 1 and up to edge k, that included
     * @param shares of the rows in each range, one more than edges; with {@code missing} they add up to 1
     */
    record Numbers(String name, List<Double> edges, List<Double> shares, double missing, double rows)
            implements Distribution {
        /** Copies the lists. */
        public Numbers {
            edges = List.copyOf(edges);
            shares = List.copyOf(shares);
            if (shares.size() != edges.size() + 1) {
                throw new IllegalArgumentException(
                        edges.size() + " edges and " + shares.size() + " shares, expected one more share than edges");
            }
        }

        /** The range of a number. */
        int range(double value) {
            int range = 0;
            while (range < edges.size() && value > edges.get(range)) {
                range++;
            }
            return range;
        }
    }

    /**
     * Levels, by name.
     *
     * @param levels the most frequent first
     * @param shares of the rows of each
     * @param others share of the rows of levels that are not told apart; with {@code missing} all add up to 1
     */
    record Levels(String name, List<String> levels, List<Double> shares, double others, double missing, double rows)
            implements Distribution {
        /** Copies the lists. */
        public Levels {
            levels = List.copyOf(levels);
            shares = List.copyOf(shares);
            if (shares.size() != levels.size()) {
                throw new IllegalArgumentException(levels.size() + " levels and " + shares.size() + " shares");
            }
        }
    }

    /**
     * What a column holds: ranges of numbers, levels of anything else; O(n log n).
     *
     * @param weights of the rows, at least 0, not all 0
     */
    static Distribution of(Column column, double[] weights) {
        return column instanceof Column.Numbers numbers
                ? numbers(numbers, weights, edges(numbers, weights))
                : levels(column, weights);
    }

    /** Quantiles, each once; a value that many rows have is an edge once. */
    private static List<Double> edges(Column.Numbers column, double[] weights) {
        Integer[] order = IntStream.range(0, weights.length)
                .filter(row -> !column.isMissing(row) && weights[row] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> column.get(row)))
                .toArray(Integer[]::new);
        double total = 0;
        for (int row : order) {
            total += weights[row];
        }
        List<Double> edges = new ArrayList<>();
        double below = 0;
        int next = 1;
        for (int k = 0; k < order.length - 1; k++) {
            below += weights[order[k]];
            double value = column.get(order[k]);
            if (below >= total * next / RANGES && value < column.get(order[k + 1])) {
                edges.add(value + 0.0);
                next = (int) Math.floor(RANGES * below / total) + 1;
            }
        }
        return edges;
    }

    /** The same ranges of another column. */
    static Numbers numbers(Column.Numbers column, double[] weights, List<Double> edges) {
        Numbers ranges = new Numbers(column.name(), edges, zeros(edges.size() + 1), 0, 0);
        double[] sums = new double[edges.size() + 1];
        Total total = new Total();
        for (int row = 0; row < weights.length; row++) {
            if (total.add(weights[row], column.isMissing(row))) {
                sums[ranges.range(column.get(row))] += weights[row];
            }
        }
        return new Numbers(column.name(), edges, total.shares(sums), total.missing(), total.rows());
    }

    /** Levels of anything, as a person would write them; {@link ReadableColumns#OTHER} is none of its own. */
    static Levels levels(Column column, double[] weights) {
        Map<String, Double> sums = new HashMap<>();
        Total total = new Total();
        for (int row = 0; row < weights.length; row++) {
            if (total.add(weights[row], column.isMissing(row))) {
                sums.merge(column.text(row), weights[row], Double::sum);
            }
        }
        Double pooled = sums.remove(ReadableColumns.OTHER);
        List<Map.Entry<String, Double>> order = sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        Map<String, Double> told = new LinkedHashMap<>();
        double others = pooled == null ? 0 : pooled;
        for (Map.Entry<String, Double> level : order) {
            if (told.size() < MOST_LEVELS) {
                told.put(level.getKey(), level.getValue());
            } else {
                others += level.getValue();
            }
        }
        return new Levels(
                column.name(),
                List.copyOf(told.keySet()),
                total.shares(told.values().stream().mapToDouble(sum -> sum).toArray()),
                others / total.sum(),
                total.missing(),
                total.rows());
    }

    private static List<Double> zeros(int count) {
        return Arrays.stream(new double[count]).boxed().toList();
    }
}
