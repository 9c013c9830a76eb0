package dev.assay.rules;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a row must be like in one column, in the units of the file. */
public sealed interface Condition {

    /** The name of the column. */
    String column();

    /** In words: {@code hour > 17}, {@code site = B}. */
    String text();

    /**
     * A number or a point in time within bounds.
     *
     * @param above the value is larger than this; minus infinity = any
     * @param upTo the value is at most this; infinity = any
     * @param orMissing whether it holds too where the value is missing
     * @param time whether the numbers are microseconds since 1970-01-01 00:00
     */
    record Range(String column, double above, double upTo, boolean orMissing, boolean time) implements Condition {
        /** Every value, but not a missing one. */
        static Range present(String column, boolean time) {
            return new Range(column, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, time);
        }

        /** Missing values alone. */
        static Range missing(String column, boolean time) {
            return new Range(column, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true, time);
        }

        /** Whether it holds for a value; NaN = missing. */
        public boolean holds(double value) {
            return Double.isNaN(value) ? orMissing : value > above && value <= upTo;
        }

        @Override
        public String text() {
            if (above >= upTo) {
                return column + " is missing";
            }
            boolean open = Double.isInfinite(above);
            if (open && Double.isInfinite(upTo)) {
                return column + " is present";
            }
            String range = open
                    ? column + " ≤ " + number(upTo)
                    : Double.isInfinite(upTo)
                            ? column + " > " + number(above)
                            : number(above) + " < " + column + " ≤ " + number(upTo);
            return orMissing ? "(" + range + " or missing)" : range;
        }

        private String number(double value) {
            return time ? moment(value) : decimal(value);
        }

        private static String decimal(double value) {
            BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
            double size = Math.abs(value);
            return size != 0 && (size < 1e-6 || size >= 1e15) ? exact.toString() : exact.toPlainString();
        }

        private static String moment(double microseconds) {
            long whole = (long) microseconds;
            LocalDateTime moment = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(whole, 1_000_000L), (int) Math.floorMod(whole, 1_000_000L) * 1000, ZoneOffset.UTC);
            LocalTime time = moment.toLocalTime();
            return time.equals(LocalTime.MIDNIGHT)
                    ? moment.toLocalDate().toString()
                    : moment.toLocalDate() + " " + time.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * One of some levels of a category, or none of them.
     *
     * @param levels as they stand in the file, sorted
     * @param missing whether a missing value counts as one of the levels
     * @param negated whether it holds for all others instead
     */
    record Levels(String column, List<String> levels, boolean missing, boolean negated) implements Condition {
        /** Copies the list. */
        public Levels {
            levels = List.copyOf(levels);
        }

        /** Whether it holds for a level; null = missing. */
        public boolean holds(@Nullable String level) {
            return negated != (level == null ? missing : levels.contains(level));
        }

        /** What counts, a missing value included. */
        int listed() {
            return levels.size() + (missing ? 1 : 0);
        }

        @Override
        public String text() {
            List<String> words = new ArrayList<>(levels);
            if (missing) {
                words.add("missing");
            }
            if (levels.isEmpty()) {
                return column + (negated ? " is present" : " is missing");
            }
            int last = words.size() - 1;
            String listed =
                    last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
            return column + (negated ? " is not " : " = ") + listed;
        }

        private Levels and(Levels other) {
            Set<String> all = new TreeSet<>(levels);
            if (negated && other.negated) {
                all.addAll(other.levels);
                return new Levels(column, List.copyOf(all), missing || other.missing, true);
            }
            if (negated) {
                return other.and(this);
            }
            if (other.negated) {
                other.levels.forEach(all::remove);
            } else {
                all.retainAll(other.levels);
            }
            return new Levels(column, List.copyOf(all), missing && other.missing != other.negated, false);
        }
    }

    /** Both at once as one condition, or null where they are of different columns or kinds. */
    default @Nullable Condition and(Condition other) {
        if (!column().equals(other.column())) {
            return null;
        }
        if (this instanceof Range one && other instanceof Range two) {
            return new Range(
                    one.column,
                    Math.max(one.above, two.above),
                    Math.min(one.upTo, two.upTo),
                    one.orMissing && two.orMissing,
                    one.time);
        }
        return this instanceof Levels one && other instanceof Levels two ? one.and(two) : null;
    }

    /** All conditions at once, those of one column together. */
    static List<Condition> with(List<Condition> conditions, Condition further) {
        List<Condition> result = new ArrayList<>(conditions);
        for (int k = 0; k < result.size(); k++) {
            Condition both = result.get(k).and(further);
            if (both != null) {
                result.set(k, both);
                return List.copyOf(result);
            }
        }
        result.add(further);
        return List.copyOf(result);
    }
}
