package dev.assay.trees;

import dev.assay.learn.FeatureMap;
import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;

/**
 * The leaves of trees as features: 1 for the leaf of each tree that the row falls into, 0 for its others; the bias last. A model that is linear in
 * them gives each leaf a value of its own, as the trees themselves do. Compares by identity.
 */
final class LeafMap implements FeatureMap {
    private static final int BLOCK = 256;

    private final int inputDimension;
    private final Forest forest;
    /** The feature of each node that is a leaf. */
    private final int[] featureOf;

    private final int leaves;

    LeafMap(int inputDimension, Forest forest) {
        this.inputDimension = inputDimension;
        this.forest = forest;
        this.featureOf = new int[forest.feature().length];
        int count = 0;
        for (int node = 0; node < featureOf.length; node++) {
            featureOf[node] = forest.feature()[node] < 0 ? count++ : -1;
        }
        this.leaves = count;
    }

    @Override
    public String name() {
        return "the " + leaves + " leaves of " + forest.trees() + (forest.trees() == 1 ? " tree" : " boosted trees");
    }

    @Override
    public int inputDimension() {
        return inputDimension;
    }

    @Override
    public int outputDimension() {
        return leaves + 1;
    }

    @Override
    public Matrix apply(Matrix x, Workers workers) {
        Matrix result = new Matrix(x.rows(), leaves + 1);
        workers.forEachBlock(x.rows(), BLOCK, (from, to) -> {
            float[] row = new float[forest.codes().width()];
            for (int i = from; i < to; i++) {
                forest.codes().see(x.values(), x.offset(i), row);
                for (int tree = 0; tree < forest.trees(); tree++) {
                    result.set(i, featureOf[forest.leaf(tree, row)], 1);
                }
                result.set(i, leaves, 1);
            }
        });
        return result;
    }
}
