package dev.assay.io.cell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of cells mean. It is seen from the training data once, by {@link FormFinder}, stored with the encoding, and
 * holds for all further data: the same text never means two things.
 *
 * @param decimalCommas the columns whose decimals follow a comma; in the others they follow a point
 * @param dates for columns of dates that are texts, the order of their parts
 * @param keepLabelMarkers whether labels such as NA and None are names of classes, not missing
 */
public record CellForms(List<String> decimalCommas, Map<String, DateOrder> dates, boolean keepLabelMarkers) {

    /** Copies the list and the map. */
    public CellForms {
        decimalCommas = List.copyOf(decimalCommas);
        dates = new TreeMap<>(dates);
    }

    /** What typed data needs: points before decimals, no texts that are dates. */
    public static CellForms plain(boolean keepLabelMarkers) {
        return new CellForms(List.of(), Map.of(), keepLabelMarkers);
    }

    public DecimalMark decimalMark(String column) {
        return decimalCommas.contains(column) ? DecimalMark.COMMA : DecimalMark.POINT;
    }

    /** The number that a text of that column means, or nothing if it is none. */
    public OptionalDouble number(String column, String text) {
        return Numerals.parse(text, decimalMark(column));
    }

    /** Microseconds since 1970, or nothing if the text is no date or time of the column's form. */
    public OptionalLong moment(String column, String text) {
        DateOrder order = dates.get(column);
        if (order != null) {
            return Dates.parse(text, order);
        }
        OptionalLong date = Dates.parse(text, DateOrder.YEAR_FIRST);
        return date.isPresent() ? date : Dates.parse(text, DateOrder.TIME_OF_DAY);
    }

    /** What a text in a column of dates should be, for messages. */
    public String momentWords(String column) {
        DateOrder order = dates.get(column);
        return order == null ? DateOrder.YEAR_FIRST.words() + " or 2026-12-31T13:45:00" : order.words();
    }

    /** What a text in a column of numbers should be, for messages. */
    public String numberWords(String column) {
        return decimalCommas.contains(column) ? "a number with a decimal comma, such as 1,5" : "a number";
    }

    /** The truth value that a text means, or null. */
    public static @Nullable Boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes" -> Boolean.TRUE;
            case "false", "f", "no" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Whether a label is there. */
    public boolean isLabel(String text) {
        return keepLabelMarkers ? !text.isBlank() : !Numerals.isAbsent(text);
    }
}
