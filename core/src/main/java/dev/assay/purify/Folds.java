package dev.assay.purify;

import dev.assay.data.ContentOrder;
import dev.assay.data.Dataset;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A partition of the examples into folds of almost equal size, the classes spread evenly over them, that follows from the
 * rows' content and not from their order; see {@link ContentOrder}.
 *
 * @param count number of folds, at least 2
 * @param ofExample the fold of each example, from 0
 */
record Folds(int count, int[] ofExample) {
    /** Deals the examples out by their content. */
    static Folds of(Dataset data, int count, long seed, Workers workers) {
        return new Folds(count, ContentOrder.of(data, workers).assign(count, seed));
    }

    /** The examples of one fold, ascending. */
    int[] inside(int fold) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] == fold)
                .toArray();
    }

    /** The examples of all other folds, ascending. */
    int[] outside(int fold) {
        return IntStream.range(0, ofExample.length)
                .filter(i -> ofExample[i] != fold)
                .toArray();
    }

    /** The folds of some of the examples, as a partition of these. */
    Folds select(int[] examples) {
        return new Folds(count, Arrays.stream(examples).map(i -> ofExample[i]).toArray());
    }
}
