package dev.assay.spark;

import dev.assay.divide.Division;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What was said of the rows of the sample by experts that had not seen them, by the content of the rows.
 *
 * @param keys content hashes, rising
 * @param posteriors of blocks 0 to K, row after row
 * @param suggestion class code or standardised value
 */
record SampleVerdicts(long[] keys, double[] posteriors, double[] suggestion) implements Serializable {
    /** Of no rows. */
    static final SampleVerdicts NONE = new SampleVerdicts(new long[0], new double[0], new double[0]);

    /**
     * Those of a division.
     *
     * @param keys of its rows
     */
    static SampleVerdicts of(Division division, long[] keys) {
        int[] order = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int columns = division.posteriors().columns();
        double[] posteriors = new double[keys.length * columns];
        for (int place = 0; place < order.length; place++) {
            System.arraycopy(
                    division.posteriors().values(),
                    division.posteriors().offset(order[place]),
                    posteriors,
                    place * columns,
                    columns);
        }
        return new SampleVerdicts(
                Arrays.stream(order).mapToLong(i -> keys[i]).toArray(),
                posteriors,
                Arrays.stream(order).mapToDouble(i -> division.suggestion()[i]).toArray());
    }

    /** Where a row stands; below 0 where it is none of the sample. */
    int place(long key) {
        return Arrays.binarySearch(keys, key);
    }
}
