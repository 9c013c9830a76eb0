package dev.assay.onnx;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table as inputs, and their encoding. */
final class TableInputs {
    private static final List<Integer> ONE_COLUMN = List.of(1);

    private TableInputs() {}

    /** What holds the values of a rule's column. */
    static ModelInput.Kind kind(ColumnEncoding rule) {
        if (rule instanceof ColumnEncoding.Numeric) {
            return ModelInput.Kind.NUMBER;
        }
        if (rule instanceof ColumnEncoding.Flag) {
            return ModelInput.Kind.FLAG;
        }
        if (rule instanceof ColumnEncoding.Category category) {
            return category.numeric() ? ModelInput.Kind.CODE : ModelInput.Kind.CATEGORY;
        }
        return rule instanceof ColumnEncoding.Moment ? ModelInput.Kind.MOMENT : ModelInput.Kind.PRESENCE;
    }

    /**
     * Adds the inputs to a graph.
     *
     * @param inputs to which they are added, in the order of the features
     * @return X, n x d, the bias last
     * @throws InvalidInputException if no column becomes a feature
     */
    static Value features(FittedEncoder encoder, Graph graph, InputNames names, List<ModelInput> inputs) {
        Map<ColumnEncoding, Value> columns = new LinkedHashMap<>();
        for (ColumnEncoding rule : encoder.columns()) {
            if (rule instanceof ColumnEncoding.Text) {
                throw new InvalidInputException("column '" + rule.column()
                        + "' is free text, whose n-grams no operator of ONNX counts, so that the model cannot be exported;"
                        + " predict with assay predict or from Java, or train without the column");
            }
            if (!rule.featureNames().isEmpty()) {
                ModelInput input = new ModelInput(names.of(rule.column()), rule.column(), kind(rule), ONE_COLUMN);
                inputs.add(input);
                columns.put(
                        rule,
                        graph.input(
                                input.name(),
                                input.kind().type(),
                                ONE_COLUMN,
                                input.kind().meaning()));
            }
        }
        if (columns.isEmpty()) {
            throw new InvalidInputException("the encoding cannot be exported: no column of the table becomes a feature,"
                    + " so that the graph has no input; the label is the same for all rows");
        }
        List<Value> features = new ArrayList<>();
        columns.forEach((rule, column) -> features.addAll(encoded(rule, column)));
        return Value.beside(features).withOnes();
    }

    private static List<Value> encoded(ColumnEncoding rule, Value column) {
        if (rule instanceof ColumnEncoding.Numeric number) {
            return number(number, column);
        }
        if (rule instanceof ColumnEncoding.Flag flag) {
            return flag(flag, column);
        }
        if (rule instanceof ColumnEncoding.Category category) {
            return List.of(category.numeric() ? code(category, column) : category(category, column));
        }
        if (rule instanceof ColumnEncoding.Moment moment) {
            return MomentFeatures.of(moment, column);
        }
        return List.of(isAbsent(column));
    }

    private static List<Value> number(ColumnEncoding.Numeric rule, Value column) {
        Graph graph = column.graph();
        Value missing = column.isNaN();
        Value standardised = missing.choose(graph.number(rule.imputed()), column)
                .minus(graph.number(rule.center()))
                .over(graph.number(rule.scale()));
        return withIndicator(List.of(standardised), rule.missingIndicator(), missing);
    }

    private static List<Value> flag(ColumnEncoding.Flag rule, Value column) {
        Value missing = column.isNaN();
        Value truth = column.as(ElementType.TRUTH).as(ElementType.DOUBLE);
        return withIndicator(
                List.of(missing.choose(column.graph().number(rule.imputed()), truth)),
                rule.missingIndicator(),
                missing);
    }

    /** The features of a value and the indicator of its absence, where there is one. */
    static List<Value> withIndicator(List<Value> features, boolean indicator, Value missing) {
        List<Value> result = new ArrayList<>(features);
        if (indicator) {
            result.add(missing.as(ElementType.DOUBLE));
        }
        return result;
    }

    private static Value isAbsent(Value column) {
        return column.places(List.of(""), 1).isEqualTo(column.graph().whole(0)).as(ElementType.DOUBLE);
    }

    /** Each text is a row of a table of zeros and ones: the levels, the rare levels, missing, and what was never seen. */
    private static Value category(ColumnEncoding.Category rule, Value column) {
        List<String> texts = new ArrayList<>(rule.levels());
        texts.addAll(rule.rareLevels());
        texts.add("");
        Value places = column.places(texts, texts.size());
        return column.graph().matrix(features(rule)).rows(places.shaped(-1));
    }

    /** The same for numbers: the place is that of the level that is equal. */
    private static Value code(ColumnEncoding.Category rule, Value column) {
        Graph graph = column.graph();
        List<String> levels = new ArrayList<>(rule.levels());
        levels.addAll(rule.rareLevels());
        double[] numbers = levels.stream().mapToDouble(Double::parseDouble).toArray();
        int known = numbers.length;
        Value equal = column.isEqualTo(graph.row(numbers)).as(ElementType.DOUBLE);
        Value place = equal.rowSums().isAbove(0).choose(equal.placeOfLargest(), graph.whole(known + 1));
        Value places = column.isNaN().choose(graph.whole(known), place);
        return graph.matrix(features(rule)).rows(places.shaped(-1));
    }

    /** The features of a category: one row for each level, each rare level, a missing value, and any other one. */
    private static Matrix features(ColumnEncoding.Category rule) {
        int levels = rule.levels().size();
        int rare = rule.rareLevels().size();
        int width = rule.featureNames().size();
        Matrix result = new Matrix(levels + rare + 2, width);
        for (int level = 0; level < levels; level++) {
            result.set(level, level, 1);
        }
        for (int level = levels; level < levels + rare; level++) {
            result.set(level, levels, 1);
        }
        if (rule.missingIndicator()) {
            result.set(levels + rare, width - 1, 1);
        }
        if (rare > 0) {
            result.set(levels + rare + 1, levels, 1);
        }
        return result;
    }
}
