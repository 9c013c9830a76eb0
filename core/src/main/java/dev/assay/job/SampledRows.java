package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.linalg.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What is judged of all rows: those of a sample keep what was judged of them there, others are asked of its experts. */
final class SampledRows implements RowScores {
    /** What was judged of an example of the sample. */
    @FunctionalInterface
    interface Own {
        /** Writes it into a row. */
        void write(int example, Matrix scores, int row);
    }

    private final RowScores further;
    private final Own own;
    /** Rows of the input, ascending, and which example of the sample each is. */
    private final int[] rows;

    private final int[] examples;

    SampledRows(Dataset sample, Own own, RowScores further) {
        this.own = own;
        this.further = further;
        int[] numbers = sample.rows();
        this.examples = IntStream.range(0, numbers.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> numbers[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.rows = IntStream.of(examples).map(i -> numbers[i]).toArray();
    }

    @Override
    public List<String> names() {
        return further.names();
    }

    @Override
    public Matrix of(Dataset block) {
        Matrix result = further.of(block);
        for (int i = 0; i < block.size(); i++) {
            int place = Arrays.binarySearch(rows, block.rows()[i]);
            if (place >= 0) {
                own.write(examples[place], result, i);
            }
        }
        return result;
    }

    boolean isSampled(int row) {
        return Arrays.binarySearch(rows, row) >= 0;
    }
}
