package dev.assay.job;

import dev.assay.data.Dataset;
import dev.assay.engine.RowScores;
import dev.assay.judge.FurtherRows;
import dev.assay.linalg.Matrix;
import dev.assay.purify.Purification;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What is judged of all rows: those of a sample keep what was judged of them there, others are asked of its experts. */
final class SampledRows implements RowScores {
    private final Purification sample;
    private final FurtherRows further;
    /** Rows of the input, ascending, and which example of the sample each is. */
    private final int[] rows;

    private final int[] examples;

    SampledRows(Purification sample, FurtherRows further) {
        this.sample = sample;
        this.further = further;
        int[] own = sample.data().rows();
        this.examples = IntStream.range(0, own.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> own[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.rows = IntStream.of(examples).map(i -> own[i]).toArray();
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
                copy(examples[place], result, i);
            }
        }
        return result;
    }

    boolean isSampled(int row) {
        return Arrays.binarySearch(rows, row) >= 0;
    }

    private void copy(int example, Matrix result, int row) {
        FurtherRows.set(
                result,
                row,
                !sample.isKept(example),
                sample.scores().trust()[example],
                sample.scores().outOfFoldProbability()[example],
                sample.scores().suggested()[example],
                sample.scores().suggestion()[example],
                sample.scores().suggestedProbability()[example]);
    }
}
