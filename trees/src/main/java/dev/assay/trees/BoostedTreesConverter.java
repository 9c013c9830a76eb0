package dev.assay.trees;

import dev.assay.onnx.ExpertConverter;
import dev.assay.onnx.Parts;
import dev.assay.onnx.graph.Attribute;
import dev.assay.onnx.graph.ElementType;
import dev.assay.onnx.graph.Graph;
import dev.assay.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Boosted trees in a graph, by the operator TreeEnsembleRegressor of ONNX-ML. It compares and adds numbers of 32 bits, so that logits agree to
 * seven digits.
 */
public final class BoostedTreesConverter extends ExpertConverter<BoostedTreesExpert> {
    /** For the service loader. */
    public BoostedTreesConverter() {
        super(BoostedTreesExpert.class);
    }

    @Override
    protected Value convert(BoostedTreesExpert expert, Parts parts) {
        Graph graph = parts.graph();
        Forest forest = expert.forest();
        Value trees = graph.learningNode(
                        "TreeEnsembleRegressor",
                        List.of(seen(parts.features(), forest.codes()).as(ElementType.FLOAT)),
                        attributes(forest).toArray(Attribute[]::new))
                .as(ElementType.DOUBLE);
        Value logits = trees.plus(graph.row(forest.intercept()));
        if (expert.outputs() == 1) {
            return logits;
        }
        Value all = expert.outputs() == 2 ? Value.beside(List.of(logits.times(graph.number(0)), logits)) : logits;
        return all.logSoftmax();
    }

    /** The features without the bias, and the codes behind them. */
    private static Value seen(Value features, LevelCodes codes) {
        if (codes.count() == 0) {
            return features;
        }
        long[] places = new long[codes.values().columns() - 1];
        Arrays.setAll(places, j -> j);
        return Value.beside(List.of(features.columns(places), features.timesTransposed(codes.values())));
    }

    private static List<Attribute> attributes(Forest forest) {
        int nodes = forest.feature().length;
        long[] trees = new long[nodes];
        long[] places = new long[nodes];
        long[] features = new long[nodes];
        long[] left = new long[nodes];
        long[] right = new long[nodes];
        float[] thresholds = new float[nodes];
        List<String> modes = new ArrayList<>(nodes);
        int leaves =
                (int) Arrays.stream(forest.feature()).filter(one -> one < 0).count();
        long[] leafTrees = new long[leaves];
        long[] leafPlaces = new long[leaves];
        long[] leafLogits = new long[leaves];
        float[] leafValues = new float[leaves];
        int leaf = 0;
        for (int tree = 0; tree < forest.trees(); tree++) {
            int start = forest.starts()[tree];
            for (int node = start; node < forest.starts()[tree + 1]; node++) {
                trees[node] = tree;
                places[node] = (long) node - start;
                boolean inner = forest.feature()[node] >= 0;
                modes.add(inner ? "BRANCH_LT" : "LEAF");
                if (inner) {
                    features[node] = forest.feature()[node];
                    thresholds[node] = forest.value()[node];
                    left[node] = node + 1L - start;
                    right[node] = (long) forest.right()[node] - start;
                    continue;
                }
                leafTrees[leaf] = tree;
                leafPlaces[leaf] = (long) node - start;
                leafLogits[leaf] = tree % forest.logits();
                leafValues[leaf++] = forest.value()[node];
            }
        }
        return List.of(
                Attribute.of("nodes_treeids", trees),
                Attribute.of("nodes_nodeids", places),
                Attribute.of("nodes_featureids", features),
                Attribute.of("nodes_values", thresholds),
                Attribute.of("nodes_modes", modes),
                Attribute.of("nodes_truenodeids", left),
                Attribute.of("nodes_falsenodeids", right),
                Attribute.of("target_treeids", leafTrees),
                Attribute.of("target_nodeids", leafPlaces),
                Attribute.of("target_ids", leafLogits),
                Attribute.of("target_weights", leafValues),
                Attribute.of("n_targets", forest.logits()));
    }
}
