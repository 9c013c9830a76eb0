package dev.assay.learn;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which part of the data each row belongs to: rows of a part are answered for by experts of the other parts.
 *
 * @param ofExample the part of each row, from 0
 * @param count number of parts, at least 2
 */
public record Parts(int[] ofExample, int count) {
    /** Parts of equal size with the classes spread evenly, by the rows' content and not by their order. */
    public static Parts of(Dataset data, int count, long seed, Workers workers) {
        return new Parts(ContentOrder.of(data, workers).assign(count, seed), count);
    }

    /** The rows of a part, ascending. */
    int[] inside(int part) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] == part)
                .toArray();
    }

    /** The rows of the other parts that have a weight worth the time, ascending. */
    int[] outside(int part, double[] weights) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] != part && weights[i] > ExpertTrainer.SMALLEST_WEIGHT)
                .toArray();
    }

    /** The same parts of some of the rows. */
    Parts select(int[] rows) {
        return new Parts(Arrays.stream(rows).map(i -> ofExample[i]).toArray(), count);
    }
}
