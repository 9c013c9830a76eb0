package dev.assay.io.cell;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.InvalidInputException;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Columns of texts turned into what the texts mean. Each different text is looked at once. */
public final class TextColumns {
    private static final int LONGEST_SHOWN = 60;

    private TextColumns() {}

    /** Numbers; all texts must be numbers or stand for missing ones. */
    public static Column.Numbers numbers(Column.Texts texts, CellForms cells) {
        return numbers(texts, cells, null);
    }

    /** Truth values; all texts must be such or stand for missing ones. */
    static Column.Booleans truths(Column.Texts texts) {
        return truths(texts, null);
    }

    /** Points in time; all texts must be such or stand for missing ones. */
    static Column.Timestamps moments(Column.Texts texts, CellForms cells) {
        return moments(texts, cells, null);
    }

    /**
     * What the texts mean to a rule of the training data.
     *
     * @param fileRows the 0-based rows of the file that the cells come from
     * @throws InvalidInputException naming the row of the first text of another kind or another form
     */
    public static Column like(ColumnEncoding rule, Column.Texts texts, CellForms cells, int[] fileRows) {
        if (rule instanceof ColumnEncoding.Numeric
                || (rule instanceof ColumnEncoding.Category category && category.numeric())) {
            return numbers(texts, cells, fileRows);
        }
        if (rule instanceof ColumnEncoding.Flag) {
            return truths(texts, fileRows);
        }
        if (rule instanceof ColumnEncoding.Presence) {
            return withGaps(texts);
        }
        return rule instanceof ColumnEncoding.Moment ? moments(texts, cells, fileRows) : texts;
    }

    /** The same texts; those that stand for missing values are missing. */
    private static Column.Texts withGaps(Column.Texts texts) {
        Column.Texts.Builder result = new Column.Texts.Builder(texts.name(), texts.size());
        for (int row = 0; row < texts.size(); row++) {
            result.add(texts.isMissing(row) || Numerals.isAbsent(texts.text(row)) ? null : texts.text(row));
        }
        return result.build();
    }

    /** Numbers; the row of a text that is none is named. */
    public static Column.Numbers numbers(Column.Texts texts, CellForms cells, int @Nullable [] fileRows) {
        double[] meant = new double[texts.dictionary().size()];
        BitSet absent = new BitSet();
        for (int code = 0; code < meant.length; code++) {
            String text = texts.dictionary().get(code);
            OptionalDouble number = cells.number(texts.name(), text);
            if (Numerals.isAbsent(text) || (number.isPresent() && Double.isNaN(number.getAsDouble()))) {
                absent.set(code);
            } else if (number.isPresent()) {
                meant[code] = number.getAsDouble();
            } else {
                throw misfit(texts, code, cells.numberWords(texts.name()), fileRows);
            }
        }
        BitSet missing = missing(texts, absent);
        double[] values = new double[texts.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = missing.get(row) ? 0 : meant[texts.code(row)];
        }
        return new Column.Numbers(texts.name(), values, missing);
    }

    private static Column.Booleans truths(Column.Texts texts, int @Nullable [] fileRows) {
        BitSet meant = new BitSet();
        BitSet absent = new BitSet();
        for (int code = 0; code < texts.dictionary().size(); code++) {
            String text = texts.dictionary().get(code);
            Boolean truth = CellForms.truth(text);
            if (Numerals.isAbsent(text)) {
                absent.set(code);
            } else if (truth != null) {
                meant.set(code, truth);
            } else {
                throw misfit(texts, code, "true or false", fileRows);
            }
        }
        BitSet missing = missing(texts, absent);
        BitSet values = new BitSet();
        for (int row = 0; row < texts.size(); row++) {
            values.set(row, !missing.get(row) && meant.get(texts.code(row)));
        }
        return new Column.Booleans(texts.name(), texts.size(), values, missing);
    }

    private static Column.Timestamps moments(Column.Texts texts, CellForms cells, int @Nullable [] fileRows) {
        long[] meant = new long[texts.dictionary().size()];
        BitSet absent = new BitSet();
        for (int code = 0; code < meant.length; code++) {
            String text = texts.dictionary().get(code);
            OptionalLong moment = cells.moment(texts.name(), text);
            if (Numerals.isAbsent(text)) {
                absent.set(code);
            } else if (moment.isPresent()) {
                meant[code] = moment.getAsLong();
            } else {
                throw misfit(texts, code, cells.momentWords(texts.name()), fileRows);
            }
        }
        BitSet missing = missing(texts, absent);
        long[] values = new long[texts.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = missing.get(row) ? 0 : meant[texts.code(row)];
        }
        return new Column.Timestamps(texts.name(), values, missing);
    }

    private static BitSet missing(Column.Texts texts, BitSet absent) {
        BitSet missing = new BitSet();
        for (int row = 0; row < texts.size(); row++) {
            missing.set(row, texts.isMissing(row) || absent.get(texts.code(row)));
        }
        return missing;
    }

    private static InvalidInputException misfit(
            Column.Texts texts, int code, String expected, int @Nullable [] fileRows) {
        int row = 0;
        while (texts.code(row) != code) {
            row++;
        }
        String text = texts.dictionary().get(code);
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return new InvalidInputException("column '" + texts.name() + "', row "
                + ((fileRows == null ? row : fileRows[row]) + 1) + ": \"" + shown + "\", expected " + expected
                + " as in the training data; correct it, or leave the cell empty if the value is missing");
    }
}
