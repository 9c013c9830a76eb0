package dev.assay.rules;

import dev.assay.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A column as splits are looked for in it. */
sealed interface RuleColumn {
    /** Whole numbers with at most so many different values are looked at one by one too. */
    int MOST_SINGLE_NUMBERS = 64;

    /** The name. */
    String name();

    /** Whether the condition is one of this column, in its form. */
    boolean takes(Condition condition);

    /** Whether the condition holds for each row. */
    boolean[] holds(Condition condition);

    /** The same condition in fewer words. */
    Condition shortest(Condition condition);

    /**
     * The forms in which a column is looked at: numbers and times by order, texts and truth values by level, whole numbers
     * with few values both ways, two numbers by level; O(n log n). None where there is no value at all.
     */
    static List<RuleColumn> of(Column column) {
        if (column.missingCount() == column.size()) {
            return List.of();
        }
        if (column instanceof Column.Timestamps times) {
            double[] values = new double[times.size()];
            Arrays.setAll(values, row -> times.isMissing(row) ? Double.NaN : (double) times.get(row));
            return List.of(Ordered.of(column.name(), values, true));
        }
        if (!(column instanceof Column.Numbers numbers)) {
            return List.of(Coded.of(column));
        }
        double[] values = new double[numbers.size()];
        Arrays.setAll(values, row -> numbers.isMissing(row) ? Double.NaN : numbers.get(row) + 0.0);
        double[] different = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .distinct()
                .limit(MOST_SINGLE_NUMBERS + 1L)
                .toArray();
        if (different.length <= 2) {
            return List.of(Coded.of(column));
        }
        boolean single = different.length <= MOST_SINGLE_NUMBERS
                && Arrays.stream(different).allMatch(value -> value == Math.rint(value));
        Ordered ordered = Ordered.of(column.name(), values, false);
        return single ? List.of(Coded.of(column), ordered) : List.of(ordered);
    }

    /**
     * Values in an order.
     *
     * @param values NaN = missing
     * @param time whether they are microseconds since 1970
     * @param order the rows with a value, ascending by it
     */
    record Ordered(String name, double[] values, boolean time, int[] order) implements RuleColumn {
        private static Ordered of(String name, double[] values, boolean time) {
            int[] order = IntStream.range(0, values.length)
                    .filter(row -> !Double.isNaN(values[row]))
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> values[row]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            return new Ordered(name, values, time, order);
        }

        @Override
        public boolean takes(Condition condition) {
            return condition instanceof Condition.Range && condition.column().equals(name);
        }

        @Override
        public boolean[] holds(Condition condition) {
            Condition.Range range = (Condition.Range) condition;
            boolean[] result = new boolean[values.length];
            for (int row = 0; row < result.length; row++) {
                result[row] = range.holds(values[row]);
            }
            return result;
        }

        @Override
        public Condition shortest(Condition condition) {
            return condition;
        }
    }

    /**
     * Levels.
     *
     * @param codes the level of each row, the number of levels where it is missing
     * @param levels their names, sorted
     */
    record Coded(String name, int[] codes, List<String> levels) implements RuleColumn {
        private static Coded of(Column column) {
            Map<String, Integer> places = new TreeMap<>();
            for (int row = 0; row < column.size(); row++) {
                if (!column.isMissing(row)) {
                    places.put(column.text(row), 0);
                }
            }
            List<String> levels = new ArrayList<>(places.keySet());
            for (int level = 0; level < levels.size(); level++) {
                places.put(levels.get(level), level);
            }
            int[] codes = new int[column.size()];
            Arrays.setAll(
                    codes,
                    row -> column.isMissing(row)
                            ? levels.size()
                            : places.getOrDefault(column.text(row), levels.size()));
            return new Coded(column.name(), codes, List.copyOf(levels));
        }

        /** The name of a code, null for the missing values. */
        @Nullable
        String level(int code) {
            return code == levels.size() ? null : levels.get(code);
        }

        @Override
        public boolean takes(Condition condition) {
            return condition instanceof Condition.Levels && condition.column().equals(name);
        }

        @Override
        public boolean[] holds(Condition condition) {
            Condition.Levels listed = (Condition.Levels) condition;
            boolean[] ofCode = new boolean[levels.size() + 1];
            for (int code = 0; code < ofCode.length; code++) {
                ofCode[code] = listed.holds(level(code));
            }
            boolean[] result = new boolean[codes.length];
            for (int row = 0; row < result.length; row++) {
                result[row] = ofCode[codes[row]];
            }
            return result;
        }

        /** "site = C" rather than "site is not A or B" where there are no others. */
        @Override
        public Condition shortest(Condition condition) {
            Condition.Levels listed = (Condition.Levels) condition;
            if (!listed.negated()) {
                return condition;
            }
            boolean missing = !listed.missing() && Arrays.stream(codes).anyMatch(code -> code == levels.size());
            List<String> others = levels.stream().filter(listed::holds).toList();
            Condition.Levels positive = new Condition.Levels(name, others, missing, false);
            return positive.listed() <= listed.listed() ? positive : condition;
        }
    }
}
