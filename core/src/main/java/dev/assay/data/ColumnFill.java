package dev.assay.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the features that one column becomes into the rows of a matrix. */
abstract class ColumnFill {

    /** The first of the features in each row. */
    final int offset;

    private ColumnFill(int offset) {
        this.offset = offset;
    }

    /** Fills the rows from (included) to to (excluded) of a row-major matrix of zeros with the given width. */
    abstract void fill(double[] values, int width, int from, int to);

    /** How many of the cells filled so far hold a level that the rule does not know. */
    int unseen() {
        return 0;
    }

    /** The first of these, empty where there is none. */
    String firstUnseen() {
        return "";
    }

    /**
     * The fill for a column under its rule.
     *
     * @throws InvalidInputException if the column holds something else than what the rule is for
     */
    static ColumnFill of(ColumnEncoding encoding, Column column, Table table, int offset) {
        if (encoding instanceof ColumnEncoding.Presence) {
            return new PresenceFill(column, offset);
        }
        if (column.missingCount() == column.size()) {
            // a column without any value has no kind to speak of
            return new AbsentFill(encoding, offset);
        }
        if (encoding instanceof ColumnEncoding.Numeric number && column instanceof Column.Numbers numbers) {
            return new NumberFill(number, numbers, offset);
        }
        if (encoding instanceof ColumnEncoding.Flag flag && column instanceof Column.Booleans booleans) {
            return new FlagFill(flag, booleans, offset);
        }
        if (encoding instanceof ColumnEncoding.Category category) {
            return new CategoryFill(category, column, offset);
        }
        if (encoding instanceof ColumnEncoding.Text text && column instanceof Column.Texts texts) {
            return new TextFill(text, texts, offset);
        }
        if (encoding instanceof ColumnEncoding.Moment moment && column instanceof Column.Timestamps timestamps) {
            return new MomentFill(moment, timestamps, offset);
        }
        int row = 0;
        while (column.isMissing(row)) {
            row++;
        }
        throw new InvalidInputException("column '" + column.name() + "' holds " + column.kind() + " (\""
                + column.text(row) + "\" in row " + (table.fileRow(row) + 1) + "), expected " + expected(encoding)
                + " as in the data that the encoding was fitted to");
    }

    private static String expected(ColumnEncoding encoding) {
        if (encoding instanceof ColumnEncoding.Numeric) {
            return "numbers";
        }
        if (encoding instanceof ColumnEncoding.Text) {
            return "text";
        }
        return encoding instanceof ColumnEncoding.Flag ? "truth values" : "dates or times";
    }

    private static final class NumberFill extends ColumnFill {
        private final ColumnEncoding.Numeric rule;
        private final Column.Numbers column;
        private final double imputed;

        NumberFill(ColumnEncoding.Numeric rule, Column.Numbers column, int offset) {
            super(offset);
            this.rule = rule;
            this.column = column;
            this.imputed = (rule.imputed() - rule.center()) / rule.scale();
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            int place = from * width + offset;
            for (int row = from; row < to; row++, place += width) {
                if (!column.isMissing(row)) {
                    values[place] = (column.get(row) - rule.center()) / rule.scale();
                    continue;
                }
                values[place] = imputed;
                if (rule.missingIndicator()) {
                    values[place + 1] = 1;
                }
            }
        }
    }

    private static final class FlagFill extends ColumnFill {
        private final ColumnEncoding.Flag rule;
        private final Column.Booleans column;

        FlagFill(ColumnEncoding.Flag rule, Column.Booleans column, int offset) {
            super(offset);
            this.rule = rule;
            this.column = column;
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            int place = from * width + offset;
            for (int row = from; row < to; row++, place += width) {
                if (!column.isMissing(row)) {
                    values[place] = column.get(row) ? 1 : 0;
                    continue;
                }
                values[place] = rule.imputed();
                if (rule.missingIndicator()) {
                    values[place + 1] = 1;
                }
            }
        }
    }

    private static final class PresenceFill extends ColumnFill {
        private final Column column;

        PresenceFill(Column column, int offset) {
            super(offset);
            this.column = column;
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            for (int row = from; row < to; row++) {
                values[row * width + offset] = column.isMissing(row) ? 1 : 0;
            }
        }
    }

    /** A column without any value. */
    private static final class AbsentFill extends ColumnFill {
        private final double imputed;
        private final int indicator;

        AbsentFill(ColumnEncoding rule, int offset) {
            super(offset);
            this.indicator = rule.missingIndicator() ? rule.featureNames().size() - 1 : -1;
            if (rule instanceof ColumnEncoding.Numeric number) {
                imputed = (number.imputed() - number.center()) / number.scale();
            } else {
                imputed = rule instanceof ColumnEncoding.Flag flag ? flag.imputed() : 0;
            }
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            for (int row = from; row < to; row++) {
                values[row * width + offset] = imputed;
                if (indicator >= 0) {
                    values[row * width + offset + indicator] = 1;
                }
            }
        }
    }

    private static final class CategoryFill extends ColumnFill {
        private static final int UNSEEN = -1;

        private final ColumnEncoding.Category rule;
        private final Column column;
        private final Map<String, Integer> featureOf = new HashMap<>();
        private final Map<Double, Integer> featureOfNumber = new HashMap<>();
        private final int[] featureOfCode;
        private final int other;
        private int unseen;
        private String firstUnseen = "";

        CategoryFill(ColumnEncoding.Category rule, Column column, int offset) {
            super(offset);
            this.rule = rule;
            this.column = column;
            this.other = rule.pools() ? rule.levels().size() : UNSEEN;
            for (int level = 0; level < rule.levels().size(); level++) {
                featureOf.put(rule.levels().get(level), level);
            }
            rule.rareLevels().forEach(level -> featureOf.put(level, other));
            List<String> dictionary = column instanceof Column.Texts texts ? texts.dictionary() : List.of();
            featureOfCode = new int[dictionary.size()];
            for (int code = 0; code < featureOfCode.length; code++) {
                featureOfCode[code] = featureOf.getOrDefault(dictionary.get(code), UNSEEN);
            }
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            int place = from * width + offset;
            for (int row = from; row < to; row++, place += width) {
                if (column.isMissing(row)) {
                    if (rule.missingIndicator()) {
                        values[place + rule.levels().size() + (rule.pools() ? 1 : 0)] = 1;
                    }
                    continue;
                }
                int feature = feature(row);
                if (feature == UNSEEN) {
                    unseen++;
                    firstUnseen = firstUnseen.isEmpty() ? column.text(row) : firstUnseen;
                    feature = other;
                }
                if (feature != UNSEEN) {
                    values[place + feature] = 1;
                }
            }
        }

        private int feature(int row) {
            if (column instanceof Column.Texts texts) {
                return featureOfCode[texts.code(row)];
            }
            if (column instanceof Column.Numbers numbers) {
                return featureOfNumber.computeIfAbsent(
                        numbers.get(row), value -> featureOf.getOrDefault(Column.Numbers.text(value), UNSEEN));
            }
            return featureOf.getOrDefault(column.text(row), UNSEEN);
        }

        @Override
        int unseen() {
            return unseen;
        }

        @Override
        String firstUnseen() {
            return firstUnseen;
        }
    }

    private static final class TextFill extends ColumnFill {
        private final ColumnEncoding.Text rule;
        private final Column.Texts column;

        TextFill(ColumnEncoding.Text rule, Column.Texts column, int offset) {
            super(offset);
            this.rule = rule;
            this.column = column;
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            for (int row = from; row < to; row++) {
                int place = row * width + offset;
                if (!column.isMissing(row)) {
                    rule.features().write(column.text(row), values, place);
                } else if (rule.missingIndicator()) {
                    values[place + rule.features().size()] = 1;
                }
            }
        }
    }

    private static final class MomentFill extends ColumnFill {
        private final ColumnEncoding.Moment rule;
        private final Column.Timestamps column;

        MomentFill(ColumnEncoding.Moment rule, Column.Timestamps column, int offset) {
            super(offset);
            this.rule = rule;
            this.column = column;
        }

        @Override
        void fill(double[] values, int width, int from, int to) {
            for (int row = from; row < to; row++) {
                int place = row * width + offset;
                if (column.isMissing(row)) {
                    if (rule.missingIndicator()) {
                        values[place + 1 + 2 * rule.cycles().size()] = 1;
                    }
                    continue;
                }
                double days = column.get(row) / CalendarFields.MICROSECONDS_PER_DAY;
                values[place++] = (days - rule.center()) / rule.scale();
                for (ColumnEncoding.Cycle cycle : rule.cycles()) {
                    double angle = cycle.angle(column.get(row));
                    // StrictMath: the same bytes on every machine
                    values[place++] = StrictMath.cos(angle);
                    values[place++] = StrictMath.sin(angle);
                }
            }
        }
    }
}
