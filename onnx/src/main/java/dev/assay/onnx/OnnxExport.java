package dev.assay.onnx;

import dev.assay.data.FittedArrayEncoder;
import dev.assay.data.FittedEncoder;
import dev.assay.data.InvalidInputException;
import dev.assay.io.GivenRows;
import dev.assay.io.file.JsonFiles;
import dev.assay.io.model.SavedModel;
import dev.assay.io.read.InputSchema;
import dev.assay.linalg.Matrix;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import dev.assay.predict.LabelSpace;
import dev.assay.predict.RoutedModel;
import dev.assay.predict.SourceShares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model with its encoding as one ONNX graph, which says what {@link dev.assay.predict.Predictor} says, softly routed and
 * by the source where the model knows it: p(y|x) = sum_k b_k(x) p_k(y|x). All sums are of 64 bits.
 */
public final class OnnxExport {
    private static final String LABEL = "label";
    private static final String PROBABILITIES = "probabilities";
    private static final String PREDICTION = "prediction";
    private static final String DEVIATION = "deviation";
    private static final String BLOCKS = "blocks";
    private static final List<Integer> NO_AXES = List.of();

    private final SavedModel saved;
    private final RoutedModel model;
    private final Graph graph = new Graph();
    private final List<ModelInput> inputs = new ArrayList<>();
    private final List<ModelOutput> outputs = new ArrayList<>();

    private OnnxExport(SavedModel saved) {
        this.saved = saved;
        this.model = saved.model();
    }

    /**
     * The model as a file; the same bytes for the same model and version.
     *
     * @param version of Assay
     * @throws dev.assay.data.InvalidInputException with one clear line naming the part that cannot be exported
     */
    public static OnnxModel of(SavedModel saved, String version) {
        return new OnnxExport(saved).export(version);
    }

    private OnnxModel export(String version) {
        boolean classes = model.labels() instanceof LabelSpace.Classes;
        InputNames names = new InputNames(
                classes ? List.of(LABEL, PROBABILITIES, BLOCKS) : List.of(PREDICTION, DEVIATION, BLOCKS));
        Parts parts = new Parts(features(names));
        Value blocks = logBlocks(parts, names).exponential();
        List<Value> answers = new ArrayList<>();
        for (int k = 0; k < model.blocks(); k++) {
            answers.add(parts.of("the expert of block " + (k + 1))
                    .answers(model.experts().get(k)));
        }
        if (model.labels() instanceof LabelSpace.Classes labels) {
            classes(labels.names(), answers, blocks);
        } else if (model.labels() instanceof LabelSpace.Reals reals) {
            numbers(reals, answers, blocks);
        }
        output(
                new ModelOutput(
                        BLOCKS, ElementType.DOUBLE, List.of(model.blocks()), "the probability of blocks 1 to K"),
                blocks);
        return new OnnxModel(graph.file(version, metadata(version)), inputs, outputs);
    }

    private Value features(InputNames names) {
        InputSchema form = saved.form();
        if (form.encoding() instanceof FittedEncoder table) {
            return TableInputs.features(table, graph, names, inputs);
        }
        if (form.embedding() != null) {
            throw new InvalidInputException(
                    "the model sees what the network " + form.embedding().network()
                            + " makes of the data, and two graphs are not joined; run the network first, or predict"
                            + " with assay predict");
        }
        FittedArrayEncoder arrays = (FittedArrayEncoder) form.encoding();
        String column = GivenRows.arrayName(form);
        ModelInput input = new ModelInput(names.of(column), column, ModelInput.Kind.ENTRIES, arrays.shape());
        inputs.add(input);
        return ArrayInput.features(arrays, graph, input);
    }

    private Value logBlocks(Parts parts, InputNames names) {
        SourceShares known = saved.models().sourceShares();
        if (known == null || saved.form().featureColumns().contains(known.column())) {
            return parts.of("the router").logShares(model.router());
        }
        // before the operators, so that no input is called like one of them
        Value source = sourceInput(known.column(), names);
        return moved(parts.of("the router").logShares(model.router()), known, source);
    }

    private Value sourceInput(String column, InputNames names) {
        ModelInput input = new ModelInput(names.of(column), column, ModelInput.Kind.SOURCE, List.of(1));
        inputs.add(input);
        return graph.input(
                input.name(), input.kind().type(), input.axes(), input.kind().meaning());
    }

    /** b_k in proportion to (q_sk / g_k) g_k(x); rows of no known source as they are. */
    private Value moved(Value logBlocks, SourceShares known, Value source) {
        Map<String, Integer> sources = new LinkedHashMap<>();
        for (int s = 0; s < known.names().size(); s++) {
            sources.putIfAbsent(known.names().get(s).strip(), s);
        }
        double[] common = model.shares();
        Matrix ratios = new Matrix(sources.size() + 1, common.length);
        int place = 0;
        for (int s : sources.values()) {
            for (int k = 0; k < common.length; k++) {
                ratios.set(place, k, Math.log(known.shares().get(s, k)) - Math.log(common[k]));
            }
            place++;
        }
        Value places =
                source.places(List.copyOf(sources.keySet()), sources.size()).shaped(-1);
        return logBlocks.plus(graph.matrix(ratios).rows(places)).logSoftmax();
    }

    private void classes(List<String> names, List<Value> answers, Value blocks) {
        List<Value> parts = new ArrayList<>();
        for (int k = 0; k < answers.size(); k++) {
            parts.add(blocks.columns(k).times(answers.get(k).exponential()));
        }
        Value probabilities = parts.stream().reduce(Value::plus).orElseThrow();
        Value likeliest = probabilities.placeOfLargest().shaped(-1);
        output(
                new ModelOutput(LABEL, ElementType.TEXT, NO_AXES, "the likeliest label"),
                graph.texts(names).rows(likeliest));
        output(
                new ModelOutput(
                        PROBABILITIES,
                        ElementType.DOUBLE,
                        List.of(names.size()),
                        "the probability of each label, in the order of assay.classes"),
                probabilities);
    }

    private void numbers(LabelSpace.Reals reals, List<Value> answers, Value blocks) {
        double[] variances = new double[answers.size()];
        for (int k = 0; k < variances.length; k++) {
            double spread = reals.scale() * model.experts().get(k).deviation();
            variances[k] = spread * spread;
        }
        // the mean first: of one block the answers are a matrix product, which a factor would make inexact
        Value experts = Value.beside(answers)
                .plus(graph.number(reals.mean() / reals.scale()))
                .times(graph.number(reals.scale()));
        Value means = blocks.times(experts).rowSums();
        Value apart = experts.minus(means);
        Value deviations = blocks.times(apart.times(apart).plus(graph.row(variances)))
                .rowSums()
                .root();
        output(
                new ModelOutput(PREDICTION, ElementType.DOUBLE, NO_AXES, "the predicted number, in the label's units"),
                means.shaped(-1));
        output(
                new ModelOutput(
                        DEVIATION,
                        ElementType.DOUBLE,
                        NO_AXES,
                        "the standard deviation of the prediction, in the label's units"),
                deviations.shaped(-1));
    }

    private void output(ModelOutput output, Value value) {
        outputs.add(output);
        graph.output(output.name(), value, output.type(), output.axes(), output.meaning());
    }

    /** An input, as the metadata describe it. */
    private record DescribedInput(
            String name, String column, String kind, String type, List<Integer> shape, String meaning) {}

    /** An output, as the metadata describe it. */
    private record DescribedOutput(String name, String type, List<Integer> shape, String meaning) {}

    private Map<String, String> metadata(String version) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("assay.version", version);
        result.put("assay.label", saved.form().label());
        if (model.labels() instanceof LabelSpace.Classes classes) {
            result.put("assay.task", "classification");
            result.put("assay.classes", JsonFiles.compactText(classes.names()));
        } else {
            result.put("assay.task", "regression");
        }
        result.put(
                "assay.inputs",
                JsonFiles.compactText(inputs.stream()
                        .map(input -> new DescribedInput(
                                input.name(),
                                input.column(),
                                input.kind().label(),
                                input.kind().type().label(),
                                input.axes(),
                                input.kind().meaning()))
                        .toList()));
        result.put(
                "assay.outputs",
                JsonFiles.compactText(outputs.stream()
                        .map(output -> new DescribedOutput(
                                output.name(), output.type().label(), output.axes(), output.meaning()))
                        .toList()));
        result.put("assay.router", model.router().name());
        result.put("assay.blockSources", JsonFiles.compactText(saved.models().blockSources()));
        result.put("assay.origin", JsonFiles.compactText(saved.origin()));
        return result;
    }
}
