package dev.assay.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The trees of a booster as it writes them, in JSON. */
final class BoosterJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<int[]> places = new ArrayList<>();
    private int[] feature = new int[64];
    private float[] value = new float[64];
    private int[] right = new int[64];
    private int nodes;

    private BoosterJson() {}

    /**
     * Reads the trees; those of one round stand together, in the order of the logits.
     *
     * @param intercept of each logit, which the booster was given
     * @param codes that it saw behind the features
     */
    static Forest forest(byte[] json, double[] intercept, LevelCodes codes) {
        JsonNode trees;
        try {
            trees = MAPPER.readTree(json)
                    .path("learner")
                    .path("gradient_booster")
                    .path("model")
                    .path("trees");
        } catch (IOException broken) {
            throw new IllegalStateException("XGBoost wrote a model that cannot be read", broken);
        }
        BoosterJson all = new BoosterJson();
        int[] starts = new int[trees.size() + 1];
        for (int tree = 0; tree < trees.size(); tree++) {
            all.add(trees.get(tree));
            starts[tree + 1] = all.nodes;
        }
        return new Forest(
                intercept,
                starts,
                Arrays.copyOf(all.feature, all.nodes),
                Arrays.copyOf(all.value, all.nodes),
                Arrays.copyOf(all.right, all.nodes),
                codes);
    }

    /** One tree, its nodes put in the order of a {@link Forest}. */
    private void add(JsonNode tree) {
        JsonNode left = tree.path("left_children");
        JsonNode others = tree.path("right_children");
        JsonNode features = tree.path("split_indices");
        // the threshold of a node, the value of a leaf
        JsonNode conditions = tree.path("split_conditions");
        places.clear();
        // node of the booster, and the node here whose right child it is
        places.add(new int[] {0, -1});
        while (!places.isEmpty()) {
            int[] place = places.remove(places.size() - 1);
            int from = place[0];
            int node = next();
            if (place[1] >= 0) {
                right[place[1]] = node;
            }
            value[node] = (float) conditions.get(from).doubleValue();
            boolean leaf = left.get(from).intValue() < 0;
            feature[node] = leaf ? -1 : features.get(from).intValue();
            right[node] = 0;
            if (!leaf) {
                places.add(new int[] {others.get(from).intValue(), node});
                // taken next, so that it stands right behind
                places.add(new int[] {left.get(from).intValue(), -1});
            }
        }
    }

    private int next() {
        if (nodes == feature.length) {
            feature = Arrays.copyOf(feature, 2 * nodes);
            value = Arrays.copyOf(value, 2 * nodes);
            right = Arrays.copyOf(right, 2 * nodes);
        }
        return nodes++;
    }
}
