package dev.assay.io;

import dev.assay.data.Column;
import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Table;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.Numerals;
import dev.assay.io.file.SpellingSuggestion;
import dev.assay.io.network.Embedding;
import dev.assay.io.read.EncodedRows;
import dev.assay.io.read.InputSchema;
import dev.assay.linalg.Matrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are given one by one, not as a file: they become the features that the same rows in a file would become. Values
 * are numbers, texts, truth values, for arrays (nested) lists of numbers; what is null, empty or not there is missing.
 */
public final class GivenRows {
    /** What the array of features is called where its file has no name for it. */
    public static final String VALUES = "values";

    private GivenRows() {}

    /**
     * Encodes rows like the training data.
     *
     * @param rows the values by the names of the columns; for arrays one value, the entries of an example, by the key of the
     *     features
     * @throws InvalidInputException naming the row and the column, if one is not known or its value is of another kind
     */
    public static EncodedRows<Matrix> encode(
            List<? extends Map<String, ? extends @Nullable Object>> rows, InputSchema form) {
        if (form.encoding() instanceof FittedArrayEncoder arrays) {
            return encode(rows, arrays, form);
        }
        FittedEncoder encoder = (FittedEncoder) form.encoding();
        requireKnown(rows, encoder, form);
        List<Column> columns = new ArrayList<>();
        for (ColumnEncoding encoding : encoder.columns()) {
            if (!encoding.featureNames().isEmpty()) {
                columns.add(column(encoding, rows, form.cells()));
            }
        }
        int[] places = IntStream.range(0, rows.size()).toArray();
        FittedEncoder.Encoded encoded = encoder.encode(new Table(columns, places));
        return new EncodedRows<>(encoded.features(), null, null, encoded.notes());
    }

    /** What the array of features is called in a given row. */
    public static String arrayName(InputSchema form) {
        String key = form.featureColumns().get(0);
        return key.isEmpty() ? VALUES : key;
    }

    private static void requireKnown(
            List<? extends Map<String, ? extends @Nullable Object>> rows, FittedEncoder encoder, InputSchema form) {
        Set<String> known = new HashSet<>();
        encoder.columns().forEach(column -> known.add(column.column()));
        List<String> features = List.copyOf(encoder.requiredColumns());
        known.add(form.label());
        if (form.id() != null) {
            known.add(form.id());
        }
        if (form.weight() != null) {
            known.add(form.weight());
        }
        for (int row = 0; row < rows.size(); row++) {
            for (String name : rows.get(row).keySet()) {
                if (!known.contains(name)) {
                    throw new InvalidInputException("row " + row + " has a column '" + name
                            + "' that the training data has not" + SpellingSuggestion.suggestion(name, features));
                }
            }
        }
    }

    private static Column column(
            ColumnEncoding encoding, List<? extends Map<String, ? extends @Nullable Object>> rows, CellForms cells) {
        String name = encoding.column();
        BitSet missing = new BitSet();
        if (encoding instanceof ColumnEncoding.Numeric) {
            double[] values = new double[rows.size()];
            for (int row = 0; row < values.length; row++) {
                OptionalDouble value = number(rows.get(row).get(name), row, name, cells);
                missing.set(row, value.isEmpty());
                values[row] = value.orElse(0);
            }
            return new Column.Numbers(name, values, missing);
        }
        if (encoding instanceof ColumnEncoding.Flag) {
            BitSet values = new BitSet();
            for (int row = 0; row < rows.size(); row++) {
                Boolean value = truth(rows.get(row).get(name), row, name);
                missing.set(row, value == null);
                values.set(row, value != null && value);
            }
            return new Column.Booleans(name, rows.size(), values, missing);
        }
        if (encoding instanceof ColumnEncoding.Moment) {
            long[] values = new long[rows.size()];
            for (int row = 0; row < values.length; row++) {
                Long value = moment(rows.get(row).get(name), row, name, cells);
                missing.set(row, value == null);
                values[row] = value == null ? 0 : value;
            }
            return new Column.Timestamps(name, values, missing);
        }
        boolean presence = encoding instanceof ColumnEncoding.Presence;
        boolean numeric = encoding instanceof ColumnEncoding.Category category && category.numeric();
        Column.Texts.Builder texts = new Column.Texts.Builder(name, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            String text = text(rows.get(row).get(name), numeric, row, name, cells);
            texts.add(presence && text != null && Numerals.isAbsent(text) ? null : text);
        }
        return texts.build();
    }

    private static boolean isMissing(@Nullable Object value) {
        return value == null || (value instanceof String text && text.isEmpty());
    }

    private static OptionalDouble number(@Nullable Object value, int row, String name, CellForms cells) {
        if (isMissing(value)) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number) {
            return present(number.doubleValue());
        }
        if (value instanceof String text) {
            if (Numerals.isAbsent(text)) {
                return OptionalDouble.empty();
            }
            OptionalDouble parsed = cells.number(name, text);
            if (parsed.isPresent()) {
                return present(parsed.getAsDouble());
            }
        }
        throw misfit(value, row, name, cells.numberWords(name));
    }

    private static OptionalDouble present(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static @Nullable Boolean truth(@Nullable Object value, int row, String name) {
        if (isMissing(value)) {
            return null;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof String text) {
            Boolean truth = CellForms.truth(text);
            if (truth != null || Numerals.isAbsent(text)) {
                return truth;
            }
        }
        throw misfit(value, row, name, "true or false");
    }

    private static @Nullable String text(
            @Nullable Object value, boolean numeric, int row, String name, CellForms cells) {
        if (isMissing(value)) {
            return null;
        }
        if (value instanceof String text) {
            OptionalDouble number = numeric ? cells.number(name, text) : OptionalDouble.empty();
            return numeric && Numerals.isAbsent(text) ? null : number.isPresent() ? plain(number.getAsDouble()) : text;
        }
        if (value instanceof Number number) {
            return plain(number.doubleValue());
        }
        if (value instanceof Boolean truth) {
            return truth.toString();
        }
        throw misfit(value, row, name, "a text or a number");
    }

    private static String plain(double value) {
        boolean whole = Math.abs(value) < 0x1p53 && value == Math.rint(value);
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private static @Nullable Long moment(@Nullable Object value, int row, String name, CellForms cells) {
        if (isMissing(value)) {
            return null;
        }
        if (value instanceof String text) {
            OptionalLong moment = cells.moment(name, text);
            if (moment.isPresent()) {
                return moment.getAsLong();
            }
            if (Numerals.isAbsent(text)) {
                return null;
            }
        }
        throw misfit(value, row, name, cells.momentWords(name));
    }

    private static InvalidInputException misfit(@Nullable Object value, int row, String name, String expected) {
        String shown = value instanceof String text ? "\"" + text + "\"" : String.valueOf(value);
        return new InvalidInputException("row " + row + ", column '" + name + "': "
                + (shown.length() <= 60 ? shown : shown.substring(0, 60) + "...") + ", expected " + expected
                + " as in the training data");
    }

    private static EncodedRows<Matrix> encode(
            List<? extends Map<String, ? extends @Nullable Object>> rows,
            FittedArrayEncoder encoder,
            InputSchema form) {
        String key = arrayName(form);
        FittedArrayEncoder.Filler filler = encoder.filler(rows.size());
        Embedding embedding = form.embedding();
        Embedding.Examples examples = embedding == null ? null : embedding.examples(rows.size());
        List<Integer> shape = form.exampleShape();
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        for (int row = 0; row < rows.size(); row++) {
            for (String name : rows.get(row).keySet()) {
                if (!name.equals(key)) {
                    throw new InvalidInputException("row " + row + " has a column '" + name
                            + "' that the training data has not; its one array is called '" + key + "'");
                }
            }
            List<Double> entries = new ArrayList<>();
            flatten(rows.get(row).get(key), entries, size, row, key);
            if (entries.size() != size) {
                throw new InvalidInputException("row " + row + ", '" + key + "' has " + entries.size()
                        + " numbers, expected " + size + ", the shape " + shape);
            }
            for (int entry = 0; entry < size; entry++) {
                if (examples == null) {
                    filler.put(row, entry, entries.get(entry));
                } else {
                    examples.put(row, entry, entries.get(entry));
                }
            }
        }
        if (examples != null) {
            fill(filler, examples.run(0));
        }
        return new EncodedRows<>(filler.features(), null, null, List.of());
    }

    private static void fill(FittedArrayEncoder.Filler filler, float[][] rows) {
        for (int row = 0; row < rows.length; row++) {
            for (int entry = 0; entry < rows[row].length; entry++) {
                filler.put(row, entry, rows[row][entry]);
            }
        }
    }

    private static void flatten(@Nullable Object value, List<Double> entries, int most, int row, String key) {
        if (value instanceof List<?> list) {
            for (Object part : list) {
                flatten(part, entries, most, row, key);
            }
            return;
        }
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            throw misfit(value, row, key, "finite numbers");
        }
        if (entries.size() < most + 1) {
            entries.add(number.doubleValue());
        }
    }
}
