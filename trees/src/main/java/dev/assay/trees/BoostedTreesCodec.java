package dev.assay.trees;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.assay.io.model.ComponentReader;
import dev.assay.io.model.ComponentWriter;
import dev.assay.io.model.ExpertCodec;
import dev.assay.linalg.Matrix;
import org.jspecify.annotations.Nullable;

/** How boosted trees are stored; META-INF/services names it. */
public final class BoostedTreesCodec extends ExpertCodec<BoostedTreesExpert, BoostedTreesCodec.StoredTrees> {
    private static final int COLUMNS = 3;

    /** For the service loader. */
    public BoostedTreesCodec() {
        super("BoostedTrees", BoostedTreesExpert.class, StoredTrees.class);
    }

    /**
     * See {@link Forest}.
     *
     * @param trees how many
     * @param intercept name of a matrix, 1 x L
     * @param starts name of a matrix, 1 x (trees + 1)
     * @param nodes name of a matrix with one row for each node: feature, value, right child
     * @param codes name of a matrix with one row over the features for each code of a category; null where there are none
     * @param deviation null where classes are predicted
     */
    record StoredTrees(
            int trees,
            String intercept,
            String starts,
            String nodes,
            @JsonSetter(nulls = Nulls.SET) @Nullable String codes,
            @JsonSetter(nulls = Nulls.SET) @Nullable Double deviation)
            implements StoredExpert {}

    @Override
    protected StoredTrees write(BoostedTreesExpert expert, ComponentWriter to) {
        Forest forest = expert.forest();
        double[] starts = new double[forest.starts().length];
        for (int tree = 0; tree < starts.length; tree++) {
            starts[tree] = forest.starts()[tree];
        }
        Matrix nodes = new Matrix(forest.feature().length, COLUMNS);
        for (int node = 0; node < nodes.rows(); node++) {
            nodes.set(node, 0, forest.feature()[node]);
            nodes.set(node, 1, forest.value()[node]);
            nodes.set(node, 2, forest.right()[node]);
        }
        return new StoredTrees(
                forest.trees(),
                to.row("intercept", forest.intercept()),
                to.row("starts", starts),
                to.matrix("nodes", nodes),
                forest.codes().count() == 0
                        ? null
                        : to.matrix("codes", forest.codes().values()),
                Double.isNaN(expert.deviation()) ? null : expert.deviation());
    }

    @Override
    protected BoostedTreesExpert read(StoredTrees stored, ComponentReader from) {
        int outputs = from.loss().outputCount();
        int logits = BoostedTreesExpert.logits(outputs);
        ComponentReader.require(
                stored.trees() >= 0 && stored.trees() % logits == 0,
                "there are " + stored.trees() + " trees, expected as many for each of " + logits + " logits");
        Matrix nodes = from.matrix(stored.nodes(), COLUMNS);
        int[] starts = integers(from.row(stored.starts(), stored.trees() + 1));
        int[] feature = integers(column(nodes, 0));
        int[] right = integers(column(nodes, 2));
        float[] value = new float[nodes.rows()];
        for (int node = 0; node < value.length; node++) {
            value[node] = (float) nodes.get(node, 1);
        }
        LevelCodes codes = stored.codes() == null
                ? LevelCodes.none(from.features())
                : new LevelCodes(from.matrix(stored.codes(), from.features()));
        requireTrees(starts, feature, right, codes.width());
        return new BoostedTreesExpert(
                from.features(),
                outputs,
                new Forest(from.row(stored.intercept(), logits), starts, feature, value, right, codes),
                from.deviation(stored.deviation()));
    }

    private static double[] column(Matrix matrix, int column) {
        double[] result = new double[matrix.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = matrix.get(i, column);
        }
        return result;
    }

    private static int[] integers(double[] values) {
        int[] result = new int[values.length];
        for (int k = 0; k < values.length; k++) {
            result[k] = (int) values[k];
            ComponentReader.require(
                    result[k] == values[k], "a tree holds " + values[k] + " where a whole number belongs");
        }
        return result;
    }

    /** Every way through a tree ends in a leaf of it. */
    private static void requireTrees(int[] starts, int[] feature, int[] right, int features) {
        ComponentReader.require(
                starts[0] == 0 && starts[starts.length - 1] == feature.length,
                "the trees do not begin and end with the nodes");
        for (int tree = 0; tree + 1 < starts.length; tree++) {
            int end = starts[tree + 1];
            ComponentReader.require(starts[tree] < end, "tree " + tree + " has no nodes");
            for (int node = starts[tree]; node < end; node++) {
                boolean leaf = feature[node] < 0;
                ComponentReader.require(
                        leaf || (feature[node] < features && right[node] > node + 1 && right[node] < end),
                        "node " + node + " of tree " + tree + " leads out of the tree or asks for feature "
                                + feature[node] + " of " + features);
            }
            ComponentReader.require(feature[end - 1] < 0, "tree " + tree + " ends with a node that is no leaf");
        }
    }
}
