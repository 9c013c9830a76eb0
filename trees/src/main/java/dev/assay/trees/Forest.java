package dev.assay.trees;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * Trees that are added up: logit k of a row is intercept k plus the leaves that the row falls into in trees k, k + L, k + 2 L, ... of L logits.
 *
 * <p>The nodes of a tree stand one after another, each before its children, the left child right behind it. At a node the row goes left if the
 * feature, rounded to 32 bits as it was when the tree was grown, is below the value.
 *
 * @param intercept L
 * @param starts of each tree among the nodes, and the number of nodes in the end
 * @param feature of each node; below 0 for a leaf
 * @param value of each node: the threshold, or the leaf's share in the logit
 * @param right of each node, the right child; 0 for a leaf
 * @param codes further features, behind those of the rows
 */
record Forest(double[] intercept, int[] starts, int[] feature, float[] value, int[] right, LevelCodes codes) {
    private static final int BLOCK = 256;

    /** L. */
    int logits() {
        return intercept.length;
    }

    int trees() {
        return starts.length - 1;
    }

    /** Each adds one tree to each logit. */
    int rounds() {
        return trees() / logits();
    }

    /** The first rounds of it. */
    Forest upTo(int rounds) {
        if (rounds >= rounds()) {
            return this;
        }
        int trees = rounds * logits();
        int nodes = starts[trees];
        return new Forest(
                intercept,
                Arrays.copyOf(starts, trees + 1),
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(value, nodes),
                Arrays.copyOf(right, nodes),
                codes);
    }

    /**
     * The logits of rows; O(n trees depth).
     *
     * @param x n x d, of which the bias is not looked at
     * @return n x L
     */
    Matrix logits(Matrix x, Workers workers) {
        Matrix result = new Matrix(x.rows(), logits());
        workers.forEachBlock(x.rows(), BLOCK, (from, to) -> {
            float[] row = new float[codes.width()];
            for (int i = from; i < to; i++) {
                codes.see(x.values(), x.offset(i), row);
                add(row, result.values(), result.offset(i));
            }
        });
        return result;
    }

    private void add(float[] row, double[] sums, int at) {
        System.arraycopy(intercept, 0, sums, at, intercept.length);
        for (int tree = 0; tree < trees(); tree++) {
            sums[at + tree % intercept.length] += value[leaf(tree, row)];
        }
    }

    /** The node that a row ends in. */
    int leaf(int tree, float[] row) {
        int node = starts[tree];
        while (feature[node] >= 0) {
            node = row[feature[node]] < value[node] ? node + 1 : right[node];
        }
        return node;
    }
}
