package dev.assay.data;

import dev.assay.linalg.Matrix;
import dev.assay.work.Workers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows dealt into parts: a row of a part is answered for by what was trained on the rows of the other parts.
 *
 * @param ofRow the part of each row, from 0; -1 for a row that trains for all parts and is answered for by none
 * @param count number of parts
 */
public record Folds(int[] ofRow, int count) {
    /** Parts of almost equal size with the classes spread evenly, by the rows' content and not by their order. */
    public static Folds of(Dataset data, int count, long seed, Workers workers) {
        return of(ContentOrder.of(data, workers), count, seed);
    }

    /** The same where the rows' contents are known. */
    public static Folds of(ContentOrder order, int count, long seed) {
        return new Folds(order.assign(count, seed), count);
    }

    /** One part that no row belongs to: what is trained for it sees all rows. */
    public static Folds whole(int rows) {
        int[] none = new int[rows];
        Arrays.fill(none, -1);
        return new Folds(none, 1);
    }

    /** The rows of a part, ascending. */
    public int[] inside(int part) {
        return IntStream.range(0, ofRow.length).filter(i -> ofRow[i] == part).toArray();
    }

    /** The rows of the other parts, ascending. */
    public int[] outside(int part) {
        return IntStream.range(0, ofRow.length).filter(i -> ofRow[i] != part).toArray();
    }

    /** Weights of the rows for what is trained for a part: 0 for its own rows. */
    public double[] outside(int part, double[] weights) {
        double[] result = weights.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = ofRow[i] == part ? 0 : result[i];
        }
        return result;
    }

    /** The same parts of some of the rows. */
    public Folds select(int[] rows) {
        return new Folds(Arrays.stream(rows).map(i -> ofRow[i]).toArray(), count);
    }

    /** What is said of the rows of a part. */
    @FunctionalInterface
    public interface Answers {
        /** rows x columns, for the rows of {@link #inside}. */
        Matrix of(int part, int[] rows);
    }

    /**
     * Puts together what is said of each part's rows; zero for rows that belong to none.
     *
     * @param columns of the result, n x columns
     */
    public Matrix gather(int columns, Answers answers, Workers workers) {
        Matrix result = new Matrix(ofRow.length, columns);
        workers.forEachBlock(count, 1, (part, ignored) -> {
            int[] own = inside(part);
            Matrix its = answers.of(part, own);
            for (int k = 0; k < own.length; k++) {
                System.arraycopy(its.values(), its.offset(k), result.values(), result.offset(own[k]), columns);
            }
        });
        return result;
    }
}
