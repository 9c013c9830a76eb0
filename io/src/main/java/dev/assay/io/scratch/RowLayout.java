package dev.assay.io.scratch;

import dev.assay.data.ColumnEncoding;
import dev.assay.data.FeatureEncoding;
import dev.assay.data.FittedEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a row is laid out: 32-bit numbers for the features of their own, and for each category that became several features which of them is 1.
 * The bias is not stored.
 *
 * @param numbers features that are stored as numbers, ascending
 * @param categories first and last + 1 feature of each category, none or one of which is 1, the others 0
 * @param dimension d, the bias included
 */
record RowLayout(int[] numbers, List<int[]> categories, int dimension) {
    static RowLayout of(FeatureEncoding encoding) {
        int dimension = encoding.featureNames().size();
        if (!(encoding instanceof FittedEncoder table)) {
            return new RowLayout(IntStream.range(0, dimension - 1).toArray(), List.of(), dimension);
        }
        List<Integer> numbers = new ArrayList<>();
        List<int[]> categories = new ArrayList<>();
        int from = 0;
        for (ColumnEncoding column : table.columns()) {
            int to = from + column.featureNames().size();
            if (column instanceof ColumnEncoding.Category && to - from > 1) {
                categories.add(new int[] {from, to});
            } else {
                IntStream.range(from, to).forEach(numbers::add);
            }
            from = to;
        }
        return new RowLayout(numbers.stream().mapToInt(Integer::intValue).toArray(), categories, dimension);
    }

    /** Bytes of a row's features. */
    int bytes() {
        return Float.BYTES * numbers.length + Integer.BYTES * categories.size();
    }
}
