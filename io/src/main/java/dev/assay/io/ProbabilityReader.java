package dev.assay.io;

import dev.assay.data.ClassTargets;
import dev.assay.data.Column;
import dev.assay.data.Dataset;
import dev.assay.data.GivenProbabilities;
import dev.assay.data.InvalidInputException;
import dev.assay.data.Remedy;
import dev.assay.io.array.ArrayEntry;
import dev.assay.io.array.ArrayFile;
import dev.assay.io.file.InputFile;
import dev.assay.io.file.Memory;
import dev.assay.io.read.LabelNames;
import dev.assay.io.read.ProbabilityFiles;
import dev.assay.io.read.ReadSettings;
import dev.assay.io.table.WholeTable;
import dev.assay.linalg.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a model of the user's own says of each row, and brings it into the order of the classes. Columns are found by their names where
 * the file has any; nothing is guessed where their order could be another one.
 */
final class ProbabilityReader {
    /** What Assay itself puts before the label in predictions. */
    private static final String PREFIX = "p_";

    private static final Remedy SAY_ORDER =
            Remedy.by("say which class each column is of, in order", "probability-labels", "A,B,...");

    private final ProbabilityFiles files;
    private final int threads;

    ProbabilityReader(ProbabilityFiles files, int threads) {
        this.files = files;
        this.threads = threads;
    }

    /**
     * Reads them for the rows of a data set.
     *
     * @param records of the file of the data, those without a label included
     * @throws InvalidInputException with one clear line if they do not belong to these rows or are no probabilities
     */
    GivenProbabilities read(Dataset data, int records) {
        Path path = files.probabilities();
        if (!(data.targets() instanceof ClassTargets classes)) {
            throw new InvalidInputException(
                    path + " has probabilities of classes, but the labels are numbers",
                    List.of(
                            Remedy.of("leave the probabilities out"),
                            Remedy.by("predict classes", "task", "classification")));
        }
        InputFile file = InputFile.at(path);
        Sheet sheet = sheet(file, ReadSettings.Header.AUTO);
        int extra = sheet.values().rows() - 1;
        if ((extra == records || extra == data.size()) && isHeader(sheet, classes.names())) {
            sheet = sheet(file, ReadSettings.Header.PRESENT);
        }
        int[] rows = rows(path, sheet.values().rows(), data, records);
        int[] columns = columns(sheet, classes.names());
        Matrix ordered = new Matrix(sheet.values().rows(), columns.length);
        for (int i = 0; i < ordered.rows(); i++) {
            for (int c = 0; c < columns.length; c++) {
                ordered.set(i, c, sheet.values().get(i, columns[c]));
            }
        }
        int[] folds = null;
        if (files.folds() != null) {
            folds = folds(files.folds());
            if (folds.length != ordered.rows()) {
                throw new InvalidInputException(files.folds() + " has " + folds.length + " rows, " + path + " has "
                        + ordered.rows() + "; give the fold of each row");
            }
        }
        return GivenProbabilities.of(path.toString(), ordered, classes.names(), folds)
                .select(rows);
    }

    /**
     * Numbers as they stand in a file.
     *
     * @param names of the columns, or null
     */
    private record Sheet(Matrix values, @Nullable List<String> names) {}

    private Sheet sheet(InputFile file, ReadSettings.Header header) {
        if (!file.format().isTable()) {
            return new Sheet(array(file, 2), null);
        }
        WholeTable table = WholeTable.read(file, header, threads);
        List<Column> columns = table.columns();
        int rows = columns.isEmpty() ? 0 : columns.get(0).size();
        Matrix values = new Matrix(rows, columns.size());
        for (int c = 0; c < columns.size(); c++) {
            Column column = columns.get(c);
            if (!(column instanceof Column.Numbers numbers)) {
                throw new InvalidInputException(file.path() + ", column '" + column.name() + "': \"" + column.text(0)
                        + "\", expected probabilities: numbers from 0 to 1 with a decimal point, and no other columns");
            }
            for (int i = 0; i < rows; i++) {
                values.set(i, c, numbers.isMissing(i) ? Double.NaN : numbers.get(i));
            }
        }
        return new Sheet(
                values, table.named() ? columns.stream().map(Column::name).toList() : null);
    }

    /** Whether the first row of numbers is a line of labels that are numbers. */
    private static boolean isHeader(Sheet sheet, List<String> classes) {
        if (sheet.names() != null || sheet.values().columns() != classes.size()) {
            return false;
        }
        LabelNames known = new LabelNames(classes);
        return Arrays.stream(sheet.values().row(0))
                        .mapToInt(value -> known.code(Double.toString(value)))
                        .filter(code -> code >= 0)
                        .distinct()
                        .count()
                == classes.size();
    }

    /** The only array of a file, as a matrix of one row for each example. */
    private static Matrix array(InputFile file, int axes) {
        try (ArrayFile arrays = ArrayFile.open(file)) {
            if (arrays.arrays().size() != 1) {
                throw new InvalidInputException(file.path() + " holds "
                        + arrays.arrays().size() + " arrays, expected one; save it alone with numpy.save");
            }
            ArrayEntry entry = arrays.arrays().get(0);
            List<Integer> shape = entry.header().shape();
            boolean column = axes == 1 && shape.size() == 2 && shape.get(1) == 1;
            if ((shape.size() != axes && !column) || entry.header().type().isText()) {
                throw new InvalidInputException(file.path() + " has the shape "
                        + entry.header().shapeText()
                        + (entry.header().type().isText() ? " of texts" : "") + ", expected numbers, "
                        + (axes == 1 ? "one for each row" : "one row for each example and one column for each class"));
            }
            int perRow = axes == 1 ? 1 : shape.get(1);
            // ordered and selected, they are there once more
            Memory.require(file.path().toString(), shape.get(0), perRow, 2L * perRow);
            Matrix values = new Matrix(shape.get(0), perRow);
            entry.forEach((example, place, bytes) ->
                    values.set(example, place, entry.header().type().number(bytes)));
            return values;
        }
    }

    /** Where each example of the data stands in the file of the probabilities. */
    private static int[] rows(Path path, int there, Dataset data, int records) {
        if (there == records) {
            return data.rows();
        }
        // whoever trained a model may have left out the rows without a label
        if (there == data.size()) {
            return IntStream.range(0, there).toArray();
        }
        throw new InvalidInputException(path + " has " + there + (there == 1 ? " row" : " rows")
                + " of probabilities, the data has " + records
                + (records == data.size() ? "" : " (" + data.size() + " of them with a label)")
                + "; give one row for each, in the same order");
    }

    /** The column of each class. */
    private int[] columns(Sheet sheet, List<String> classes) {
        int count = sheet.values().columns();
        List<String> names = sheet.names();
        List<String> said = files.labels();
        if (!said.isEmpty()) {
            if (said.size() != count) {
                throw new InvalidInputException("probability-labels names " + said.size() + " classes, "
                        + files.probabilities() + " has " + count + " columns; name one for each column");
            }
            int[] order = found(said, classes, "probability-labels");
            if (names != null && isOf(names, classes) && !Arrays.equals(order, found(names, classes, "header"))) {
                throw new InvalidInputException("the header of " + files.probabilities() + " names the classes "
                        + listed(names) + ", probability-labels another order: " + listed(said)
                        + "; leave one of them out");
            }
            return order;
        }
        if (names != null) {
            List<String> bare = names.stream().allMatch(name -> name.startsWith(PREFIX) && !classes.contains(name))
                    ? names.stream()
                            .map(name -> name.substring(PREFIX.length()))
                            .toList()
                    : names;
            return found(bare, classes, files.probabilities().toString());
        }
        if (count != classes.size()) {
            throw new InvalidInputException(files.probabilities() + " has " + count
                    + (count == 1 ? " column" : " columns") + ", the labels have " + classes.size() + " classes: "
                    + listed(classes) + "; give one column for each"
                    + (count == 1 && classes.size() == 2 ? ", of both: 1 - p and p" : ""));
        }
        List<String> asText = classes.stream().sorted(Comparator.naturalOrder()).toList();
        if (!asText.equals(classes)) {
            throw new InvalidInputException(
                    files.probabilities() + " does not say which column is which: the classes are " + listed(classes)
                            + " by value and " + listed(asText) + " as texts",
                    List.of(Remedy.of("name the columns in a header"), SAY_ORDER));
        }
        return IntStream.range(0, count).toArray();
    }

    private static boolean isOf(List<String> names, List<String> classes) {
        LabelNames known = new LabelNames(classes);
        return names.stream().allMatch(name -> known.code(name) >= 0);
    }

    /** The place of each class among the names, every one of which must be a class, and every class there once. */
    private static int[] found(List<String> names, List<String> classes, String where) {
        LabelNames known = new LabelNames(classes);
        int[] columns = new int[classes.size()];
        Arrays.fill(columns, -1);
        for (int place = 0; place < names.size(); place++) {
            int code = known.code(names.get(place));
            if (code < 0) {
                throw new InvalidInputException(
                        where + " names the class '" + names.get(place) + "', which no row is labelled; the labels are "
                                + listed(classes),
                        where.equals("probability-labels") ? List.of() : List.of(SAY_ORDER));
            }
            if (columns[code] >= 0) {
                throw new InvalidInputException(where + " names the class '" + classes.get(code) + "' twice");
            }
            columns[code] = place;
        }
        for (int code = 0; code < columns.length; code++) {
            if (columns[code] < 0) {
                throw new InvalidInputException(where + " has no column for the class '" + classes.get(code)
                        + "'; the labels are " + listed(classes));
            }
        }
        return columns;
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(20, names.size()))) + (names.size() > 20 ? ", ..." : "");
    }

    /** Folds, numbered from 0 in the order of their names. */
    private int[] folds(Path path) {
        InputFile file = InputFile.at(path);
        List<String> texts = new ArrayList<>();
        if (file.format().isTable()) {
            WholeTable table = WholeTable.read(file, ReadSettings.Header.AUTO, threads);
            if (table.columns().size() != 1) {
                throw new InvalidInputException(
                        path + " has " + table.columns().size() + " columns, expected one: the fold of each row");
            }
            Column column = table.columns().get(0);
            for (int i = 0; i < column.size(); i++) {
                texts.add(column.isMissing(i) ? "" : column.text(i));
            }
        } else {
            Matrix values = array(file, 1);
            for (int i = 0; i < values.rows(); i++) {
                texts.add(Double.isNaN(values.get(i, 0)) ? "" : Double.toString(values.get(i, 0)));
            }
        }
        Map<String, Integer> codes = new TreeMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).isEmpty()) {
                throw new InvalidInputException(
                        path + ", row " + (i + 1) + ": no fold; say in which each row was predicted");
            }
            codes.put(texts.get(i), 0);
        }
        int next = 0;
        for (Map.Entry<String, Integer> fold : codes.entrySet()) {
            fold.setValue(next++);
        }
        return texts.stream().mapToInt(text -> codes.getOrDefault(text, 0)).toArray();
    }
}
