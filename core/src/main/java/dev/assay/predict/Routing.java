package dev.assay.predict;

import dev.assay.data.InvalidInputException;
import dev.assay.linalg.LogSumExp;
import dev.assay.linalg.Matrix;
import dev.assay.route.Shares;
import dev.assay.work.Workers;
import java.util.Arrays;

/** How rows find their experts when a routed model predicts. */
public sealed interface Routing {
    /** log b_ik: the log-probability of each block (block k in column k - 1), n x K; minus infinity for a block ruled out. */
    Matrix logBlocks(RoutedModel model, Matrix x, Workers workers);

    /** Every expert counts as the router says; the default. */
    record Soft() implements Routing {
        @Override
        public Matrix logBlocks(RoutedModel model, Matrix x, Workers workers) {
            return model.router().logShares(x, workers);
        }
    }

    /** The same where blocks have other shares than in training, x given the block being as before. */
    record Moved(double[] shares) implements Routing {
        /** Checks the shares. */
        public Moved {
            Shares.check(shares);
        }

        @Override
        public Matrix logBlocks(RoutedModel model, Matrix x, Workers workers) {
            return Shares.moved(model.router().logShares(x, workers), model.shares(), shares);
        }
    }

    /**
     * The same with shares of the blocks for each source: b_k in proportion to (q_sk / g_k) g_k(x).
     *
     * @param sources the source of each row, an index into {@code shares}; -1 where it is not known, which is routed softly
     * @param shares S x K, above 0, each row adding up to 1
     */
    record Sourced(int[] sources, Matrix shares) implements Routing {
        @Override
        public Matrix logBlocks(RoutedModel model, Matrix x, Workers workers) {
            if (sources.length != x.rows() || shares.columns() != model.blocks()) {
                throw new IllegalArgumentException(sources.length + " sources for " + x.rows() + " rows, shares of "
                        + shares.columns() + " blocks for a model of " + model.blocks());
            }
            Matrix result = model.router().logShares(x, workers);
            double[] common = model.shares();
            double[] row = new double[common.length];
            for (int i = 0; i < sources.length; i++) {
                if (sources[i] < 0) {
                    continue;
                }
                for (int k = 0; k < row.length; k++) {
                    row[k] = result.get(i, k) + Math.log(shares.get(sources[i], k)) - Math.log(common[k]);
                }
                double norm = LogSumExp.of(row);
                for (int k = 0; k < row.length; k++) {
                    result.set(i, k, row[k] - norm);
                }
            }
            return result;
        }
    }

    /** Only the likeliest expert counts, the first of them on a tie. */
    record Hard(Routing of) implements Routing {
        @Override
        public Matrix logBlocks(RoutedModel model, Matrix x, Workers workers) {
            Matrix soft = of.logBlocks(model, x, workers);
            Matrix result = new Matrix(soft.rows(), soft.columns());
            Arrays.fill(result.values(), Double.NEGATIVE_INFINITY);
            for (int i = 0; i < soft.rows(); i++) {
                result.set(i, likeliest(soft, i), 0);
            }
            return result;
        }
    }

    /**
     * The block of each row is known.
     *
     * @param blocks 1 to K of each row; 0 where it is not known, which is routed softly
     */
    record Given(int[] blocks) implements Routing {
        /** The same block for all rows. */
        public static Given everywhere(int block, int rows) {
            int[] blocks = new int[rows];
            Arrays.fill(blocks, block);
            return new Given(blocks);
        }

        @Override
        public Matrix logBlocks(RoutedModel model, Matrix x, Workers workers) {
            if (blocks.length != x.rows()) {
                throw new IllegalArgumentException(blocks.length + " blocks for " + x.rows() + " rows");
            }
            Matrix result = model.router().logShares(x, workers);
            for (int i = 0; i < blocks.length; i++) {
                if (blocks[i] < 0 || blocks[i] > model.blocks()) {
                    throw new InvalidInputException("row " + i + " is given block " + blocks[i]
                            + ", the model has blocks 1 to " + model.blocks() + " (0: not known)");
                }
                if (blocks[i] > 0) {
                    Arrays.fill(
                            result.values(),
                            result.offset(i),
                            result.offset(i) + result.columns(),
                            Double.NEGATIVE_INFINITY);
                    result.set(i, blocks[i] - 1, 0);
                }
            }
            return result;
        }
    }

    /** The column of the largest entry of a row, the first of them on a tie. */
    static int likeliest(Matrix scores, int row) {
        int best = 0;
        for (int k = 1; k < scores.columns(); k++) {
            if (scores.get(row, k) > scores.get(row, best)) {
                best = k;
            }
        }
        return best;
    }
}
