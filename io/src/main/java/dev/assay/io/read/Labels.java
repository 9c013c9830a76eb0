package dev.assay.io.read;

import dev.assay.data.ClassTargets;
import dev.assay.data.Column;
import dev.assay.data.InvalidInputException;
import dev.assay.data.PreciseSum;
import dev.assay.data.RealTargets;
import dev.assay.data.Remedy;
import dev.assay.data.Targets;
import dev.assay.io.cell.CellForms;
import dev.assay.io.cell.DecimalMark;
import dev.assay.io.cell.Numerals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Targets made from the texts of labels, and why they are what they are.
 *
 * @param targets classes by their exact text, or numbers, standardised
 * @param task never AUTO
 * @param reason one line
 */
public record Labels(Targets targets, Task task, String reason) {

    private static final int CLASSES_AT_MOST = 100;
    private static final int CLASSES_WITHOUT_A_DOUBT = 20;
    private static final int FRACTIONS_AT_MOST = 10;
    private static final int ROWS_PER_CLASS = 20;

    /**
     * Decides between classes and numbers unless told.
     *
     * @param weights the weight of each label, or null
     * @param cells what the texts mean
     * @param left what is to be said of rows that have no label
     */
    public static Labels of(
            Column.Texts texts, Task wanted, double @Nullable [] weights, CellForms cells, MissingLabels left) {
        List<String> values = texts.dictionary();
        if (values.size() == 1 && wanted != Task.REGRESSION) {
            throw new InvalidInputException(
                    "label '" + texts.name() + "' has a single class, '" + values.get(0) + "', in all "
                            + texts.size() + " rows; there must be two or more"
                            + (left.isEmpty() ? "" : "; " + left.text()),
                    left.remedies());
        }
        List<OptionalDouble> numbers =
                values.stream().map(value -> cells.number(texts.name(), value)).toList();
        boolean allNumbers =
                numbers.stream().allMatch(number -> number.isPresent() && Double.isFinite(number.getAsDouble()));
        if (wanted == Task.REGRESSION) {
            return regression(texts, numbers, weights, "asked for");
        }
        if (wanted == Task.CLASSIFICATION) {
            return classification(texts, cells, "asked for");
        }
        String different =
                values.size() + (values.size() == 1 ? " value" : " different values") + " in " + texts.size() + " rows";
        if (!allNumbers) {
            return classification(texts, cells, "the labels are text, " + different);
        }
        boolean whole = numbers.stream().allMatch(number -> number.getAsDouble() == Math.rint(number.getAsDouble()));
        boolean many = whole
                ? values.size() > CLASSES_AT_MOST
                        || (values.size() > CLASSES_WITHOUT_A_DOUBT && texts.size() < ROWS_PER_CLASS * values.size())
                : values.size() > FRACTIONS_AT_MOST;
        String kind = whole ? "the labels are whole numbers, " : "the labels are numbers with fractions, ";
        if (many) {
            return regression(texts, numbers, weights, kind + different);
        }
        return classification(texts, cells, kind + different);
    }

    private static Labels classification(Column.Texts texts, CellForms cells, String reason) {
        List<String> values = texts.dictionary();
        if (values.size() > 2 && 2L * values.size() > texts.size()) {
            throw new InvalidInputException(
                    "label '" + texts.name() + "' has " + values.size() + " classes in "
                            + texts.size()
                            + " rows, fewer than two rows per class on average",
                    List.of(
                            Remedy.by("name another column", "label", "COLUMN"),
                            Remedy.by("if it is a number, say so", "task", "regression")));
        }
        List<String> names = values.stream()
                .sorted(order(values, cells.decimalMark(texts.name())))
                .toList();
        Map<String, Integer> codeOfName = new HashMap<>();
        for (int code = 0; code < names.size(); code++) {
            codeOfName.put(names.get(code), code);
        }
        int[] codes = new int[texts.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codeOfName.getOrDefault(texts.text(row), 0);
        }
        return new Labels(new ClassTargets(codes, names), Task.CLASSIFICATION, reason);
    }

    /** By value where all are numbers, so that 10 comes after 9, else by text. */
    private static Comparator<String> order(List<String> values, DecimalMark mark) {
        if (values.stream().allMatch(value -> Numerals.parse(value, mark).isPresent())) {
            return Comparator.<String>comparingDouble(
                            value -> Numerals.parse(value, mark).orElse(0))
                    .thenComparing(Comparator.naturalOrder());
        }
        return Comparator.naturalOrder();
    }

    private static Labels regression(
            Column.Texts texts, List<OptionalDouble> numbers, double @Nullable [] weights, String reason) {
        double[] values = numbers(
                texts,
                0,
                numbers,
                "no finite number, as regression needs",
                List.of(Remedy.of("correct it"), Remedy.by("predict classes", "task", "classification")));
        PreciseSum weightSum = new PreciseSum();
        PreciseSum sum = new PreciseSum();
        for (int row = 0; row < values.length; row++) {
            double weight = weights == null ? 1 : weights[row];
            weightSum.add(weight);
            sum.add(weight * values[row]);
        }
        double mean = sum.value() / weightSum.value();
        PreciseSum squares = new PreciseSum();
        for (int row = 0; row < values.length; row++) {
            double difference = values[row] - mean;
            squares.add((weights == null ? 1 : weights[row]) * difference * difference);
        }
        double scale = Math.sqrt(squares.value() / weightSum.value());
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new InvalidInputException("label '" + texts.name() + "' cannot be predicted as a number: it is "
                    + texts.text(0) + " in each row, or too large");
        }
        return new Labels(standardised(values, mean, scale), Task.REGRESSION, reason);
    }

    private static RealTargets standardised(double[] values, double mean, double scale) {
        double[] standardised = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            standardised[row] = (values[row] - mean) / scale;
        }
        return new RealTargets(standardised, mean, scale);
    }

    private static double[] numbers(
            Column.Texts texts, int before, List<OptionalDouble> numbers, String expected, List<Remedy> wayOut) {
        double[] values = new double[texts.size()];
        for (int row = 0; row < values.length; row++) {
            OptionalDouble number = numbers.get(texts.code(row));
            if (number.isEmpty() || !Double.isFinite(number.getAsDouble())) {
                throw new InvalidInputException(
                        "label '" + texts.name() + "', \"" + texts.text(row) + "\" in labelled row "
                                + (before + row + 1) + ": "
                                + expected,
                        wayOut);
            }
            values[row] = number.getAsDouble();
        }
        return values;
    }

    /**
     * The targets of further labels, in the classes or the units of the training data.
     *
     * @param before how many labelled rows of the file come before these
     * @param cells what the texts mean, by the training data
     * @param file where the labels come from, for messages
     */
    public static Targets like(Targets training, Column.Texts texts, int before, CellForms cells, Path file) {
        if (training instanceof RealTargets numbers) {
            List<OptionalDouble> parsed = texts.dictionary().stream()
                    .map(value -> cells.number(texts.name(), value))
                    .toList();
            String expected = "expected " + cells.numberWords(texts.name()) + " as in the training data";
            double[] values = numbers(texts, before, parsed, expected, List.of(Remedy.of("correct it")));
            return standardised(values, numbers.mean(), numbers.scale());
        }
        ClassTargets classes = (ClassTargets) training;
        int[] codeOfText = new int[texts.dictionary().size()];
        List<String> unknown = new ArrayList<>();
        LabelNames names = new LabelNames(classes.names());
        for (int code = 0; code < codeOfText.length; code++) {
            codeOfText[code] = names.code(texts.dictionary().get(code));
            if (codeOfText[code] < 0) {
                unknown.add(texts.dictionary().get(code));
            }
        }
        if (!unknown.isEmpty()) {
            throw new InvalidInputException(file + " has the label '" + unknown.get(0) + "'"
                    + (unknown.size() > 1 ? " and " + (unknown.size() - 1) + " others" : "")
                    + " that the training data has not; its labels are "
                    + String.join(", ", classes.names().subList(0, Math.min(20, classes.classes()))));
        }
        int[] codes = new int[texts.size()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = codeOfText[texts.code(row)];
        }
        return new ClassTargets(codes, classes.names());
    }
}
