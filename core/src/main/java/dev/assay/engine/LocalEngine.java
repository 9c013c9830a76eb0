package dev.assay.engine;

import dev.assay.data.Dataset;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import dev.assay.work.Workers;
import java.util.Arrays;

/**
 * This machine: blocks are read in order, some side by side, and added to a fixed number of sums which are added at last. The same blocks
 * give the same bytes, whatever the number of threads.
 *
 * @param blocks the rows
 * @param workers who works through them
 */
public record LocalEngine(RowBlocks blocks, Workers workers) implements Engine {
    /** Sums that are kept side by side; part of the result's bytes, so not to be tuned per machine. */
    private static final int LANES = 8;

    /** The same for sums of more entries than {@link #LONG}. */
    private static final int LONG_LANES = 2;

    private static final int LONG = 1 << 22;

    @Override
    public long size() {
        return blocks.size();
    }

    @Override
    public double[] sum(RowSum sum, Progress progress) {
        int most = sum.length() > LONG ? LONG_LANES : LANES;
        double[][] lanes = new double[Math.max(1, Math.min(most, blocks.count()))][sum.length()];
        for (int first = 0; first < blocks.count(); first += lanes.length) {
            progress.checkCancelled();
            int from = first;
            int count = Math.min(lanes.length, blocks.count() - from);
            workers.forEachBlock(count, 1, (lane, ignored) -> sum.add(blocks.block(from + lane), lanes[lane]));
        }
        for (int lane = 1; lane < lanes.length; lane++) {
            Dense.add(1, lanes[lane], lanes[0]);
        }
        return lanes[0];
    }

    @Override
    public LocalEngine reweighted(RowScores factors, Progress progress) {
        float[][] kept = new float[blocks.count()][];
        each(factors, (index, block, scores) -> kept[index] = floats(scores), progress);
        return reweighted(kept);
    }

    /**
     * The same rows with other weights.
     *
     * @param factors for each row of each block, by how much its weight is multiplied
     */
    public LocalEngine reweighted(float[][] factors) {
        return new LocalEngine(new Reweighted(blocks, factors), workers);
    }

    /** What to do with the scores of a block. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes them.
         *
         * @param index of the block; they come in order, one at a time
         */
        void take(int index, Dataset block, Matrix scores);
    }

    /**
     * Works out scores of all rows and hands them on, block by block, in order.
     *
     * @throws dev.assay.work.CancelledException if the progress was cancelled
     */
    public void each(RowScores scores, Sink sink, Progress progress) {
        for (int first = 0; first < blocks.count(); first += LANES) {
            progress.checkCancelled();
            int from = first;
            int count = Math.min(LANES, blocks.count() - from);
            Dataset[] read = new Dataset[count];
            Matrix[] worked = new Matrix[count];
            workers.forEachBlock(count, 1, (place, ignored) -> {
                read[place] = blocks.block(from + place);
                worked[place] = scores.of(read[place]);
            });
            for (int place = 0; place < count; place++) {
                sink.take(from + place, read[place], worked[place]);
            }
        }
    }

    private static float[] floats(Matrix scores) {
        float[] result = new float[scores.rows()];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) scores.get(i, 0);
        }
        return result;
    }

    /** Blocks with other weights. */
    private record Reweighted(RowBlocks of, float[][] factors) implements RowBlocks {
        @Override
        public int count() {
            return of.count();
        }

        @Override
        public long size() {
            return of.size();
        }

        @Override
        public Dataset block(int index) {
            Dataset block = of.block(index);
            double[] weights = block.weights().clone();
            Arrays.setAll(weights, i -> weights[i] * factors[index][i]);
            return block.withWeights(weights);
        }
    }
}
