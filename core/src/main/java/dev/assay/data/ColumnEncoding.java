package dev.assay.data;

import dev.assay.data.text.TextFeatures;
import java.util.ArrayList;
import java.util.List;

/** How one column becomes features: plain values that can be stored and read back. */
public sealed interface ColumnEncoding {

    /** The name of the column in the file. */
    String column();

    /** The names of the features that it becomes, in order. */
    List<String> featureNames();

    /** Whether one of the features, the last one, tells where the value is missing. */
    boolean missingIndicator();

    /**
     * A number: (value - center) / scale. A missing value becomes (imputed - center) / scale, and the last feature, if
     * there is an indicator, is 1 where the value is missing and 0 elsewhere.
     */
    record Numeric(String column, double center, double scale, double imputed, boolean missingIndicator)
            implements ColumnEncoding {
        @Override
        public List<String> featureNames() {
            return missingIndicator ? List.of(column, missingName(column)) : List.of(column);
        }
    }

    /** A truth value: 1 or 0, not standardised; a missing one becomes the share of true ones. */
    record Flag(String column, double imputed, boolean missingIndicator) implements ColumnEncoding {
        @Override
        public List<String> featureNames() {
            return missingIndicator ? List.of(column, missingName(column)) : List.of(column);
        }
    }

    /** A column with one value and gaps: 1 where the value is missing, 0 elsewhere. */
    record Presence(String column) implements ColumnEncoding {
        @Override
        public boolean missingIndicator() {
            return true;
        }

        @Override
        public List<String> featureNames() {
            return List.of(missingName(column));
        }
    }

    /**
     * A category, one-hot: one feature of 0 and 1 for each level, then one for the rare levels together if there are
     * any, then the indicator of missing values. A level that was not seen when the encoding was fitted goes to the
     * rare ones, or is 0 everywhere.
     *
     * @param levels the levels with a feature of their own
     * @param rareLevels the levels that share a feature
     * @param numeric whether the column held whole numbers that stand for categories
     */
    record Category(
            String column, List<String> levels, List<String> rareLevels, boolean missingIndicator, boolean numeric)
            implements ColumnEncoding {

        /** Copies the lists. */
        public Category {
            levels = List.copyOf(levels);
            rareLevels = List.copyOf(rareLevels);
        }

        /** Whether there is a feature for the rare levels. */
        boolean pools() {
            return !rareLevels.isEmpty();
        }

        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            for (String level : levels) {
                names.add(column + "=" + level);
            }
            if (pools()) {
                names.add(column + " (other)");
            }
            if (missingIndicator) {
                names.add(missingName(column));
            }
            return names;
        }
    }

    /**
     * A point in time: first the days since 1970, minus center, over scale; then the cosine and the sine of each cycle
     * that varies; then the indicator of missing values. A missing value is 0 in all but the last.
     */
    record Moment(String column, double center, double scale, List<Cycle> cycles, boolean missingIndicator)
            implements ColumnEncoding {

        /** Copies the list. */
        public Moment {
            cycles = List.copyOf(cycles);
        }

        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            names.add(column);
            for (Cycle cycle : cycles) {
                names.add(column + " (" + cycle.label() + " cosine)");
                names.add(column + " (" + cycle.label() + " sine)");
            }
            if (missingIndicator) {
                names.add(missingName(column));
            }
            return names;
        }
    }

    /**
     * Free text: the features of the text, then the indicator of missing values. A missing text is 0 in all but the last, as an average text
     * would be.
     */
    record Text(String column, TextFeatures features, boolean missingIndicator) implements ColumnEncoding {
        @Override
        public List<String> featureNames() {
            List<String> names = new ArrayList<>();
            for (int k = 0; k < features.size(); k++) {
                names.add(directionName(k));
            }
            if (missingIndicator) {
                names.add(missingName(column));
            }
            return names;
        }

        /** The name of a direction, with the words that raise it the most: {@code review [1: refund, broken]}. */
        String directionName(int direction) {
            String words = features.words().get(direction);
            return column + " [" + (direction + 1) + (words.isEmpty() ? "" : ": " + words) + "]";
        }
    }

    /** A column that becomes no feature, and why. */
    record Ignored(String column, String reason) implements ColumnEncoding {
        @Override
        public boolean missingIndicator() {
            return false;
        }

        @Override
        public List<String> featureNames() {
            return List.of();
        }
    }

    /** What repeats in the calendar. */
    enum Cycle {
        /** January to December. */
        MONTH("month"),
        /** Monday to Sunday. */
        WEEKDAY("weekday"),
        /** Midnight to midnight, to the microsecond. */
        HOUR("hour");

        private final String label;

        Cycle(String label) {
            this.label = label;
        }

        /** For feature names. */
        String label() {
            return label;
        }

        /** The angle in radians; a full circle is one period. */
        double angle(long microseconds) {
            double share = switch (this) {
                case MONTH -> CalendarFields.month(microseconds) / 12.0;
                case WEEKDAY -> CalendarFields.weekday(microseconds) / 7.0;
                case HOUR -> CalendarFields.timeOfDay(microseconds) / CalendarFields.MICROSECONDS_PER_DAY;
            };
            return 2 * Math.PI * share;
        }
    }

    private static String missingName(String column) {
        return column + " (missing)";
    }
}
