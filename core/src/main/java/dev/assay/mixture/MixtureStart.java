package dev.assay.mixture;

import dev.assay.data.ContentOrder;
import dev.assay.linalg.Matrix;
import dev.assay.work.Seeds;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * Where expectation maximisation begins: responsibilities of blocks 1 to K, before anything is fitted.
 *
 * @param number tells starts of a kind apart
 */
record MixtureStart(Kind kind, int number) {
    /** The other blocks' share of a row in a start from clusters, together. */
    private static final double SOFTNESS = 0.1;

    /** Rows of each block in a start from few, for each column of the features. */
    private static final int ROWS_OF_PARAMETER = 5;

    enum Kind {
        /** Drawn for each row. */
        RANDOM,
        /** Block 1 is what one expert explains; the rest is drawn. */
        PURIFIED,
        /** The mixture of one block less, and what it does not explain. */
        GROWN,
        /** Clusters of the features. */
        CLUSTERS,
        /** A few rows of its own for each block, drawn: their experts differ, where those of half of many rows each are next to the same. */
        FEW_ROWS
    }

    static final MixtureStart RANDOM = new MixtureStart(Kind.RANDOM, 0);

    static final MixtureStart RANDOM_AGAIN = new MixtureStart(Kind.RANDOM, 1);
    static final MixtureStart PURIFIED = new MixtureStart(Kind.PURIFIED, 0);
    static final MixtureStart PURIFIED_AGAIN = new MixtureStart(Kind.PURIFIED, 1);

    static final MixtureStart GROWN = new MixtureStart(Kind.GROWN, 0);
    static final MixtureStart CLUSTERS = new MixtureStart(Kind.CLUSTERS, 0);

    /**
     * What starts begin from.
     *
     * @param x n x d
     * @param single one block with block 0
     * @param last the largest mixture so far, with block 0
     */
    record Known(Matrix x, ContentOrder order, MixtureState single, MixtureState last, long seed) {}

    /** n x (K + 1), block 0 in column 0, empty; rows of 0 belong nowhere until experts have judged them. */
    Matrix responsibilities(int blocks, Known known, Workers workers) {
        return switch (kind) {
            case RANDOM -> random(blocks, known);
            case PURIFIED -> purified(blocks, known);
            case GROWN -> grown(blocks, known.last().responsibilities());
            case CLUSTERS -> clusters(blocks, known, workers);
            case FEW_ROWS -> fewRows(blocks, known);
        };
    }

    private Matrix random(int blocks, Known known) {
        Matrix result = new Matrix(known.x().rows(), blocks + 1);
        double[] all = new double[result.rows()];
        Arrays.fill(all, 1);
        share(result, 1, all, known.order(), Seeds.child(known.seed(), "random start", number));
        return result;
    }

    private Matrix fewRows(int blocks, Known known) {
        Matrix x = known.x();
        Matrix result = new Matrix(x.rows(), blocks + 1);
        double share = Math.min(1, (double) ROWS_OF_PARAMETER * x.columns() * blocks / x.rows());
        double[] drawn = known.order().uniform(Seeds.child(known.seed(), "few rows", number));
        for (int i = 0; i < drawn.length; i++) {
            if (drawn[i] < share) {
                result.set(i, 1 + (int) (blocks * (drawn[i] / share)), 1);
            }
        }
        return result;
    }

    private Matrix purified(int blocks, Known known) {
        Matrix of = known.single().responsibilities();
        Matrix result = new Matrix(of.rows(), blocks + 1);
        double[] rest = new double[of.rows()];
        for (int i = 0; i < rest.length; i++) {
            result.set(i, 1, of.get(i, 1));
            rest[i] = of.get(i, 0);
        }
        share(result, 2, rest, known.order(), Seeds.child(known.seed(), "purified start", number));
        return result;
    }

    private static Matrix grown(int blocks, Matrix smaller) {
        Matrix result = new Matrix(smaller.rows(), blocks + 1);
        for (int i = 0; i < result.rows(); i++) {
            for (int b = 1; b < smaller.columns(); b++) {
                result.set(i, b, smaller.get(i, b));
            }
            result.set(i, blocks, smaller.get(i, 0));
        }
        return result;
    }

    private static Matrix clusters(int blocks, Known known, Workers workers) {
        int[] nearest = KMeans.assign(known.x(), known.order(), blocks, known.seed(), workers);
        Matrix result = new Matrix(nearest.length, blocks + 1);
        for (int i = 0; i < nearest.length; i++) {
            for (int b = 1; b <= blocks; b++) {
                result.set(i, b, nearest[i] == b - 1 ? 1 - SOFTNESS : SOFTNESS / (blocks - 1));
            }
        }
        return result;
    }

    /** Shares the rest of each row out among the columns from {@code first} on, uniformly on the simplex. */
    private static void share(Matrix result, int first, double[] rest, ContentOrder order, long seed) {
        int columns = result.columns();
        double[][] drawn = new double[columns][];
        for (int b = first; b < columns; b++) {
            drawn[b] = order.uniform(Seeds.child(seed, "share", b));
        }
        for (int i = 0; i < rest.length; i++) {
            double sum = 0;
            for (int b = first; b < columns; b++) {
                sum -= Math.log(drawn[b][i]);
            }
            for (int b = first; b < columns; b++) {
                result.set(i, b, rest[i] * -Math.log(drawn[b][i]) / sum);
            }
        }
    }
}
