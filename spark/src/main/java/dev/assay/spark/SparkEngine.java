package dev.assay.spark;

import dev.assay.data.Targets;
import dev.assay.engine.Engine;
import dev.assay.engine.RowScores;
import dev.assay.engine.RowSum;
import dev.assay.linalg.Dense;
import dev.assay.linalg.Matrix;
import dev.assay.work.Progress;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * A cluster: blocks of rows that the executors keep in memory, and on disk where that is full. A sum is one array for each task, added up in a
 * tree of {@value #FAN_IN} branches, each node in the order of its parts: the same partitions give the same bytes, whichever tasks failed and ran
 * again. (Spark's own treeAggregate adds in the order of arrival.) Nothing is counted on the way, so what runs twice counts once. Only arrays of numbers
 * travel: a sum as {@link RecordBytes} to each executor once, its parts back.
 */
public final class SparkEngine implements Engine, AutoCloseable {
    /** Arrays that one node of the tree adds up, and the driver at last. */
    private static final int FAN_IN = 16;

    private final JavaRDD<RowBlock> blocks;
    private final BlockForm form;
    private final long size;
    private final Runnable release;

    private SparkEngine(JavaRDD<RowBlock> blocks, BlockForm form, long size, Runnable release) {
        this.blocks = blocks;
        this.form = form;
        this.size = size;
        this.release = release;
    }

    /**
     * Keeps blocks until {@link #close}; one pass over the data.
     *
     * @param blocks made in the same way whenever a partition is asked for again; empty ones and empty partitions are welcome
     * @param dimension d, the bias included
     * @param targets of any number of rows: what the labels are
     */
    public static SparkEngine of(JavaRDD<RowBlock> blocks, int dimension, Targets targets) {
        return of(blocks, BlockForm.of(dimension, targets));
    }

    static SparkEngine of(JavaRDD<RowBlock> blocks, BlockForm form) {
        JavaRDD<RowBlock> kept = blocks.persist(StorageLevel.MEMORY_AND_DISK());
        long size = kept.map(block -> (long) block.size()).fold(0L, Long::sum);
        return new SparkEngine(kept, form, size, kept::unpersist);
    }

    @Override
    public long size() {
        return size;
    }

    /** What the blocks have in common. */
    BlockForm form() {
        return form;
    }

    /** The rows, block by block. */
    JavaRDD<RowBlock> blocks() {
        return blocks;
    }

    /**
     * See {@link Engine}. Of T tasks and a sum of l numbers, some 8 T l (1 + 1 / {@value #FAN_IN}) bytes travel, and the driver holds {@value #FAN_IN}
     * sums.
     *
     * @param sum a record, see {@link RecordBytes}
     */
    @Override
    public double[] sum(RowSum sum, Progress progress) {
        progress.checkCancelled();
        Broadcast<byte[]> sent = context().broadcast(RecordBytes.write(sum));
        try {
            double[] total = total(parts(blocks, form, sent), blocks.getNumPartitions());
            progress.checkCancelled();
            return total.length == 0 ? new double[sum.length()] : total;
        } finally {
            sent.destroy();
        }
    }

    /** Of each task that has rows, the number of its partition and the sum of them. */
    private static JavaPairRDD<Integer, double[]> parts(
            JavaRDD<RowBlock> blocks, BlockForm form, Broadcast<byte[]> sent) {
        return JavaPairRDD.fromJavaRDD(blocks.mapPartitions(rows -> {
            RowSum sum = RecordBytes.read(sent.value(), RowSum.class);
            double[] total = new double[0];
            while (rows.hasNext()) {
                RowBlock block = rows.next();
                if (block.size() > 0) {
                    total = total.length == 0 ? new double[sum.length()] : total;
                    sum.add(form.dataset(block), total);
                }
            }
            return numbered(total);
        }));
    }

    private static double[] total(JavaPairRDD<Integer, double[]> parts, int partitions) {
        JavaPairRDD<Integer, double[]> level = parts;
        int count = partitions;
        while (count > FAN_IN) {
            count = (count + FAN_IN - 1) / FAN_IN;
            level = JavaPairRDD.fromJavaRDD(
                    level.partitionBy(new Branches(count)).mapPartitions(branch -> numbered(inOrder(branch))));
        }
        return inOrder(level.collect().iterator());
    }

    private static Iterator<Tuple2<Integer, double[]>> numbered(double[] total) {
        return total.length == 0
                ? Collections.emptyIterator()
                : List.of(new Tuple2<>(TaskContext.getPartitionId(), total)).iterator();
    }

    /** The sum of arrays in the order of their numbers; without entries where there is none. */
    private static double[] inOrder(Iterator<Tuple2<Integer, double[]>> parts) {
        Map<Integer, double[]> ordered = new TreeMap<>();
        parts.forEachRemaining(part -> ordered.put(part._1(), part._2()));
        double[] total = new double[0];
        for (double[] part : ordered.values()) {
            if (total.length == 0) {
                total = part.clone();
            } else {
                Dense.add(1, part, total);
            }
        }
        return total;
    }

    /** Which node of the next level a part goes to. */
    private static final class Branches extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int nodes;

        Branches(int nodes) {
            this.nodes = nodes;
        }

        @Override
        public int numPartitions() {
            return nodes;
        }

        @Override
        public int getPartition(Object part) {
            return (Integer) part / FAN_IN;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Branches branches && branches.nodes == nodes;
        }

        @Override
        public int hashCode() {
            return nodes;
        }
    }

    /**
     * Scores of all rows, an array for each, in the order of the rows; worked out when asked for.
     *
     * @param scores a record, see {@link RecordBytes}
     */
    public JavaRDD<double[]> scores(RowScores scores) {
        Broadcast<byte[]> sent = context().broadcast(RecordBytes.write(scores));
        BlockForm same = form;
        return blocks.mapPartitions(rows -> {
            RowScores read = RecordBytes.read(sent.value(), RowScores.class);
            return new Each<>(rows, block -> {
                Matrix worked = worked(read, same, block);
                return IntStream.range(0, worked.rows()).mapToObj(worked::row).iterator();
            });
        });
    }

    private static Matrix worked(RowScores scores, BlockForm form, RowBlock block) {
        return block.size() == 0 ? new Matrix(0, scores.names().size()) : scores.of(form.dataset(block));
    }

    @Override
    public SparkEngine reweighted(RowScores factors, Progress progress) {
        progress.checkCancelled();
        Broadcast<byte[]> sent = context().broadcast(RecordBytes.write(factors));
        BlockForm same = form;
        // an executor that is lost takes its factors along: until they are let go of, they may have to be worked out
        // again
        return reweighted(
                blocks.mapPartitions(rows -> {
                    RowScores read = RecordBytes.read(sent.value(), RowScores.class);
                    return new Each<>(rows, block -> {
                        Matrix worked = worked(read, same, block);
                        float[] column = new float[worked.rows()];
                        for (int i = 0; i < column.length; i++) {
                            column[i] = (float) worked.get(i, 0);
                        }
                        return List.of(column).iterator();
                    });
                }),
                sent::destroy);
    }

    /**
     * The same by factors that are known, one array for each block.
     *
     * @param release what is to be let go of with them
     */
    SparkEngine reweighted(JavaRDD<float[]> factors, Runnable release) {
        JavaRDD<float[]> kept = factors.persist(StorageLevel.MEMORY_AND_DISK());
        return new SparkEngine(
                blocks.zipPartitions(
                        kept,
                        (rows, by) -> new Each<>(
                                rows, block -> List.of(block.times(by.next())).iterator())),
                form,
                size,
                () -> {
                    kept.unpersist();
                    release.run();
                });
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(blocks.context());
    }

    /** Lets go of what the executors keep. */
    @Override
    public void close() {
        release.run();
    }
}
