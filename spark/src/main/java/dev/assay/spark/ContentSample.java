package dev.assay.spark;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.data.InvalidInputException;
import dev.assay.linalg.Dense;
import dev.assay.work.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The rows of the smallest content hashes, on the driver: the same whatever the partitions and the order of the rows, and rows of one content
 * are all in it or none of them is.
 *
 * @param data the rows in the order of their content
 * @param keys their content hashes
 */
record ContentSample(Dataset data, long[] keys) {
    private static final int BITS = 16;
    private static final int BUCKETS = 1 << BITS;

    /**
     * Takes up to so many rows: all where there are no more, else at least 99 of 100 wanted ones, unless a single content is more than the rest. One
     * or two passes over the hashes, and one that brings the rows.
     *
     * @throws InvalidInputException if the rows of one content are more than that
     */
    static ContentSample of(SparkEngine engine, int rows, Workers workers) {
        boolean whole = engine.size() <= rows;
        long below = whole ? 0 : limit(engine.blocks(), rows);
        List<RowBlock> parts = engine.blocks()
                .map(block -> whole
                        ? block
                        : block.select(IntStream.range(0, block.size())
                                .filter(i -> Long.compareUnsigned(block.keys()[i], below) < 0)
                                .toArray()))
                .collect();
        RowBlock all = RowBlock.all(parts);
        if (all.size() == 0) {
            throw new InvalidInputException("sampleRows is " + rows
                    + ", but the first content alone has more rows: leave out copies, or set a larger sampleRows");
        }
        int[] order = IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> all.keys()[i])
                        .thenComparingDouble(i -> all.weights()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        RowBlock sorted = all.select(order);
        Dataset data = engine.form().dataset(sorted);
        Dataset inOrder = data.select(ContentOrder.of(data, workers).sequence());
        return new ContentSample(
                inOrder,
                IntStream.of(inOrder.rows())
                        .mapToLong(row -> sorted.keys()[row])
                        .toArray());
    }

    /** The hash below which lie up to so many rows of more. */
    private static long limit(JavaRDD<RowBlock> blocks, int rows) {
        long known = 0;
        int shift = Long.SIZE - BITS;
        long left = rows;
        while (true) {
            double[] counts = counts(blocks, known, shift);
            int bucket = 0;
            while (counts[bucket] <= left) {
                left -= (long) counts[bucket];
                bucket++;
            }
            known |= (long) bucket << shift;
            if (shift == 0 || left <= rows / 100) {
                return known;
            }
            shift -= BITS;
        }
    }

    /** How many rows have the next bits of their hash so, of those whose higher ones are known. */
    private static double[] counts(JavaRDD<RowBlock> blocks, long known, int shift) {
        return blocks.mapPartitions(part -> {
                    double[] counts = new double[BUCKETS];
                    part.forEachRemaining(block -> {
                        for (long key : block.keys()) {
                            if (shift + BITS == Long.SIZE || key >>> (shift + BITS) == known >>> (shift + BITS)) {
                                counts[(int) (key >>> shift) & (BUCKETS - 1)]++;
                            }
                        }
                    });
                    return List.of(counts).iterator();
                })
                .treeReduce((a, b) -> {
                    Dense.add(1, b, a);
                    return a;
                });
    }
}
